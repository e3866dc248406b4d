"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ErrorLine } from "@/components/ui/error-state";
import { When } from "@/components/ui/instant";
import { HashText } from "@/components/ui/mono";
import { formatCount } from "@/components/ui/number-format";
import { StateGlyph } from "@/components/ui/state-glyph";
import type { AuditVerification } from "@/lib/audit/contract";
import { auditVerificationQuery } from "@/lib/audit/queries";
import styles from "./audit.module.css";

/** Recomputes the chain beside its checkpoints on demand: it reads every entry. */
export function ChainCheck() {
  const check = useQuery({ ...auditVerificationQuery(), enabled: false });
  return (
    <>
      <ErrorLine error={check.error} />
      {check.data && <CheckResult result={check.data} />}
      <Button onClick={() => check.refetch()} loading={check.isFetching}>
        Verify the chain
      </Button>
    </>
  );
}

function CheckResult({ result: { ok, entries, head, brokenAt, checkpoints } }: { readonly result: AuditVerification }) {
  return (
    <span className={styles.result} role="status">
      <StateGlyph state={ok ? "passed" : "failed"} label="" />
      <span>
        {ok ? (
          <>
            {formatCount(entries, "entry", "entries")} hold together, to <HashText hash={head} />
          </>
        ) : (
          <>
            broken at entry {brokenAt?.sequence}: {brokenAt?.why}
          </>
        )}
        <Checkpoints checkpoints={checkpoints} />
      </span>
    </span>
  );
}

function Checkpoints({ checkpoints }: Pick<AuditVerification, "checkpoints">) {
  if (!checkpoints?.last) return <span className={styles.type}> · no checkpoint yet</span>;
  const { count, torn, last } = checkpoints;
  return (
    <span className={styles.type}>
      {" · "}
      {formatCount(count, "signed checkpoint")}, the last <When at={last.at} /> by key <HashText hash={last.keyId} />
      {torn > 0 && `, ${formatCount(torn, "line")} cut off by a crash`}
    </span>
  );
}
