"use client";

import { useQuery } from "@tanstack/react-query";
import { DiffMark } from "@/components/ui/diff-mark";
import { ErrorLine } from "@/components/ui/error-state";
import { FindingList } from "@/components/ui/finding-list";
import { TextLink } from "@/components/ui/link-button";
import { formatCount } from "@/components/ui/number-format";
import { Section } from "@/components/ui/section";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import { policyComparisonQuery } from "@/lib/changes/queries";
import { type ApprovalPolicy, asksInWords } from "@/lib/versions/approval-policy";
import type { PolicyComparison as Comparison } from "@/lib/versions/simulation-contract";
import styles from "./policies.module.css";

/** What the policies as they are being edited would mean for what is under review now. */
export function PolicyComparison({ policies }: { readonly policies: readonly ApprovalPolicy[] }) {
  const { data, error, isPlaceholderData } = useQuery(policyComparisonQuery(policies));
  return (
    <Section title="What it would mean" variant="panel">
      {data ? (
        <div className={`${styles.stack} ${isPlaceholderData ? styles.dimmed : ""}`} aria-live="polite">
          <FindingList findings={data.findings} />
          <p>
            {data.items.length === 0
              ? `Nothing changes for the ${formatCount(data.underReview, "version")} under review.`
              : `Of ${formatCount(data.underReview, "version")} under review, these would need something else:`}
          </p>
          <ul className={styles.compared}>
            {data.items.map((item) => (
              <Compared key={`${item.version.id} ${item.environment.key}`} item={item} />
            ))}
          </ul>
        </div>
      ) : error ? (
        <ErrorLine error={error} />
      ) : (
        <TableSkeleton rows={3} />
      )}
    </Section>
  );
}

function Compared({ item }: { readonly item: Comparison["items"][number] }) {
  const { version, segment, environment, stored, proposed, complete } = item;
  return (
    <li>
      <TextLink href={`/reviews/${version.id}`}>
        {segment.name} v{version.number}
      </TextLink>
      , in {environment.name}: <DiffMark before={asksInWords(stored)} after={asksInWords(proposed)} />
      {complete.stored && !complete.proposed && (
        <div className={styles.dim}>It is approved now, and would go back to review.</div>
      )}
      {!complete.stored && complete.proposed && (
        <div className={styles.dim}>What it has been given would be enough.</div>
      )}
    </li>
  );
}
