"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ErrorLine } from "@/components/ui/error-state";
import { HashText } from "@/components/ui/mono";
import { formatCount } from "@/components/ui/number-format";
import { StateGlyph } from "@/components/ui/state-glyph";
import { auditVerificationQuery } from "@/lib/audit/queries";
import styles from "./audit.module.css";

/** Recomputes the chain on demand: it reads every entry. */
export function ChainCheck() {
  const check = useQuery({ ...auditVerificationQuery(), enabled: false });
  const { data } = check;
  return (
    <>
      <ErrorLine error={check.error} />
      {data && (
        <span className={styles.result} role="status">
          <StateGlyph state={data.ok ? "passed" : "failed"} label="" />
          {data.ok ? (
            <span>
              {formatCount(data.entries, "entry", "entries")} hold together, to <HashText hash={data.head} />
            </span>
          ) : (
            <span>
              broken at entry {data.brokenAt?.sequence}: {data.brokenAt?.why}
            </span>
          )}
        </span>
      )}
      <Button onClick={() => check.refetch()} loading={check.isFetching}>
        Verify the chain
      </Button>
    </>
  );
}
