"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryStates } from "nuqs";
import { fieldNamesOf, useNames } from "@/components/layout/use-names";
import { DocumentChanges } from "@/components/ui/document-changes";
import { ErrorState } from "@/components/ui/error-state";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import type { Catalogue } from "@/lib/catalogue/definition";
import { useCatalogue } from "@/lib/catalogue/use-catalogue";
import type { Comparison } from "@/lib/releases/history-contract";
import type { SegmentOverview } from "@/lib/releases/overview-contract";
import { comparisonQuery, segmentOverviewQuery } from "@/lib/releases/queries";
import { referenceNames } from "@/lib/segments/reference-names";
import { ComparePicker } from "./compare-picker";
import { comparedRules, sideTitle } from "./compared-sides";
import { ComparedSides } from "./compared-table";
import { GovernedFields } from "./governed-fields";
import styles from "./review.module.css";
import { RuleDiff } from "./rule-diff";

/** Two versions or releases of a segment beside each other; the address says which. */
export function CompareScreen({ segmentKey }: { readonly segmentKey: string }) {
  const { data, error, refetch } = useQuery(segmentOverviewQuery(segmentKey));
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return data ? <Chosen overview={data} /> : <TableSkeleton rows={10} />;
}

/** Without a choice in the address: the newest version and the one before it. */
function Chosen({ overview }: { readonly overview: SegmentOverview }) {
  const [newest, before = newest] = overview.versions;
  const [{ from, to }, choose] = useQueryStates(
    {
      from: parseAsString.withDefault(`v${before?.number ?? 1}`),
      to: parseAsString.withDefault(`v${newest?.number ?? 1}`),
    },
    { clearOnDefault: false },
  );
  const { data, error, refetch, isPlaceholderData } = useQuery(comparisonQuery(overview.segment.key, from, to));
  const { catalogue } = useCatalogue();
  return (
    <PageBody>
      <PageHeader
        title={`Compare ${from} with ${to}`}
        subtitle={overview.segment.name}
        actions={<ComparePicker overview={overview} from={from} to={to} onChoose={(next) => void choose(next)} />}
      />
      {error ? (
        <ErrorState error={error} title="These two cannot be compared" onRetry={() => void refetch()} />
      ) : data && catalogue ? (
        <div className={styles.blocks} aria-busy={isPlaceholderData}>
          <Loaded key={`${data.from.ref} ${data.to.ref}`} comparison={data} catalogue={catalogue} />
        </div>
      ) : (
        <TableSkeleton rows={10} />
      )}
    </PageBody>
  );
}

function Loaded({ comparison, catalogue }: { readonly comparison: Comparison; readonly catalogue: Catalogue }) {
  const { from, to, references } = comparison;
  const names = fieldNamesOf(useNames());
  const vocabulary = { ...catalogue, ...referenceNames(references) };
  const rules = comparedRules(comparison);
  const titles = { before: sideTitle(from), after: sideTitle(to) };
  return (
    <>
      <Section title="What changes">
        <DocumentChanges
          before={{ document: from.document, rule: rules.before }}
          after={{ document: to.document, rule: rules.after }}
          vocabulary={vocabulary}
          names={names}
          none="Nothing: both say the same."
        />
        {[from, to]
          .filter(({ editedSince }) => editedSince)
          .map((side) => (
            <p key={side.ref} className={styles.panelText}>
              v{side.version.number} was edited after {sideTitle(side)}: what that served is kept, and who owns it, its
              tests and other fields that are not served are as the version has them now.
            </p>
          ))}
      </Section>
      <RuleDiff titles={titles} rules={rules} vocabulary={vocabulary} />
      <div className={styles.pair}>
        <GovernedFields before={from.document} after={to.document} titles={titles} names={names} />
        <ComparedSides from={from} to={to} titles={titles} />
      </div>
    </>
  );
}
