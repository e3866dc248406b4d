"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { formatCount } from "@/components/ui/number-format";
import { kill } from "@/lib/releases/mutations";
import type { SegmentOverview } from "@/lib/releases/overview-contract";
import { EnvironmentChoice, preferredEnvironment } from "./environment-choice";
import styles from "./segments.module.css";

type DialogProps = { readonly overview: SegmentOverview; readonly onClose: () => void };

/** The kill switch: nobody is a member at once, until an operator brings a version back. */
export function KillDialog({ overview, onClose }: DialogProps) {
  const { segment, live, consumers } = overview;
  const environments = Object.keys(live).filter((key) => live[key]?.kind !== "kill");
  const [environment, setEnvironment] = useState(preferredEnvironment(environments));
  const { mutate, isPending, error } = useMutation(kill);
  const members = live[environment]?.members;
  const holders = consumers.filter((consumer) => consumer.environment === environment).length;
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Empty ${segment.name} in ${environment}?`}
      confirm="Empty it now"
      destructive
      reason="Why"
      pending={isPending}
      error={error}
      onConfirm={(reason) => mutate({ key: segment.key, environment, reason }, { onSuccess: onClose })}
    >
      {environments.length > 1 && (
        <EnvironmentChoice environments={environments} value={environment} onChange={setEnvironment} />
      )}
      <p className={styles.effect}>
        {typeof members === "number" ? `All ${formatCount(members, "member")} leave` : "Every member leaves"} at once,
        and {formatCount(holders, "consumer")} {holders === 1 ? "is" : "are"} told with the next revision. An operator
        brings it back by a rollback; nothing is deleted.
      </p>
    </ConfirmDialog>
  );
}
