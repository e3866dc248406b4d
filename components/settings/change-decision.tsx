"use client";

import { Button, Group, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorLine } from "@/components/ui/error-state";
import type { Change } from "@/lib/changes/contract";
import { decideChange, withdrawChange } from "@/lib/changes/mutations";
import styles from "./changes.module.css";

type ChangeDecisionProps = { readonly change: Change; readonly isFirst: boolean };

/** Apply, reject, or take back one's own; a button that cannot be pressed says why. */
export function ChangeDecision({ change, isFirst }: ChangeDecisionProps) {
  const { id, number, seen, possible } = change;
  const [comment, setComment] = useState("");
  const decide = useMutation(decideChange);
  const withdraw = useMutation(withdrawChange);
  const press = (decision: "apply" | "reject") => decide.mutate({ id, seen, decision, comment });
  return (
    <div className={styles.decision}>
      {possible.reject.allowed && (
        <Textarea
          aria-label={`Comment on change ${number}`}
          placeholder="A comment, for who proposed it"
          autosize
          minRows={1}
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
      )}
      <ErrorLine error={decide.error ?? withdraw.error} />
      <Group gap="sm">
        <Button
          {...(isFirst ? { variant: "filled" } : {})}
          aria-label={`Apply change ${number}`}
          disabled={!possible.apply.allowed}
          loading={decide.isPending}
          onClick={() => press("apply")}
        >
          Apply
        </Button>
        <Button
          aria-label={`Reject change ${number}`}
          disabled={!possible.reject.allowed || decide.isPending}
          onClick={() => press("reject")}
        >
          Reject
        </Button>
        {possible.withdraw.allowed && (
          <Button
            variant="subtle"
            aria-label={`Withdraw change ${number}`}
            loading={withdraw.isPending}
            onClick={() => withdraw.mutate({ id })}
          >
            Withdraw
          </Button>
        )}
        {!possible.apply.allowed && <span className={styles.dim}>{possible.apply.why}</span>}
      </Group>
    </div>
  );
}
