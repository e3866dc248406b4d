"use client";

import { useQuery } from "@tanstack/react-query";
import { useCan } from "@/components/layout/viewer";
import { ErrorState } from "@/components/ui/error-state";
import { When } from "@/components/ui/instant";
import { TextLink } from "@/components/ui/link-button";
import { Section } from "@/components/ui/section";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import { auditQuery } from "@/lib/audit/queries";
import { activityOf } from "./activity-words";
import styles from "./home.module.css";

const readAtMost = 60;
const shownAtMost = 7;

/** What others did, for those who may read the audit. */
export function Activity() {
  const allowed = useCan("audit.read");
  return allowed ? <AllowedActivity /> : null;
}

function AllowedActivity() {
  const entries = useQuery({ ...auditQuery({ limit: readAtMost }), refetchInterval: 30_000 });
  const shown = (entries.data?.items ?? []).flatMap(activityOf).slice(0, shownAtMost);
  return (
    <Section title="Lately" variant="framed" aside={<TextLink href="/audit">Audit</TextLink>}>
      {entries.data ? (
        shown.length === 0 ? (
          <p className={styles.dim}>Nothing was changed lately.</p>
        ) : (
          <ol className={styles.activity}>
            {shown.map((each) => (
              <li key={each.sequence} className={styles.event}>
                <span className={styles.when}>
                  <When at={each.at} />
                </span>
                <span>
                  {each.who} {each.did} <b className={styles.subject}>{each.what}</b>
                  {each.more}
                </span>
              </li>
            ))}
          </ol>
        )
      ) : entries.isError ? (
        <ErrorState title="The audit could not be read" error={entries.error} onRetry={() => void entries.refetch()} />
      ) : (
        <TableSkeleton rows={4} rowHeight={32} />
      )}
    </Section>
  );
}
