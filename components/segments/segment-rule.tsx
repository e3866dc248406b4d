"use client";

import { Switch } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { ErrorLine } from "@/components/ui/error-state";
import { Section } from "@/components/ui/section";
import { SentenceParts } from "@/components/ui/sentence-parts";
import { attributeListQuery } from "@/lib/catalogue/queries";
import type { Blame } from "@/lib/releases/history-contract";
import type { SegmentOverview } from "@/lib/releases/overview-contract";
import { blameQuery } from "@/lib/releases/queries";
import { describe as describeRule } from "@/lib/rules/describe";
import { fieldLabel } from "@/lib/segments/governed-fields";
import { referenceNames } from "@/lib/segments/reference-names";
import { BlameMark } from "./blame-mark";
import { RuleTree } from "./rule-tree";
import styles from "./segments.module.css";

/** The rule as a sentence and as a tree, on demand with who added each condition. */
export function SegmentRule({ overview }: { readonly overview: SegmentOverview }) {
  const [blaming, setBlaming] = useState(false);
  const listens = useMounted();
  const attributes = useQuery(attributeListQuery()).data;
  const blame = useQuery({ ...blameQuery(overview.segment.key), enabled: blaming });
  const vocabulary = useMemo(
    () => ({
      attributes: new Map(attributes?.items.map((each) => [each.key, each])),
      ...referenceNames(overview.references),
    }),
    [attributes, overview.references],
  );
  const { definition, documentation } = overview.shown.document;
  const shown = blaming && blame.data?.version === overview.shown.number ? blame.data : undefined;
  return (
    <Section
      title="Rule"
      aside={
        <span className={styles.ruleAside}>
          {overview.live.production && (
            <Switch
              size="xs"
              label="Who added this"
              disabled={!listens}
              checked={blaming}
              onChange={(event) => setBlaming(event.currentTarget.checked)}
            />
          )}
          <span>v{overview.shown.number}</span>
        </span>
      }
    >
      <p className={styles.sentence}>
        <SentenceParts parts={describeRule(definition.rule, vocabulary)} />
      </p>
      <div className={styles.treeFrame}>
        <RuleTree
          rule={definition.rule}
          vocabulary={vocabulary}
          references={overview.references}
          aside={shown && ((path) => <BlameMark version={versionAt(shown, path)} />)}
        />
      </div>
      <ErrorLine error={blaming ? blame.error : null} />
      {shown && <BlamedFields blame={shown} />}
      {documentation && <p className={styles.prose}>{documentation}</p>}
    </Section>
  );
}

function versionAt({ nodes, versions }: Blame, path: string) {
  const since = nodes.find((node) => node.path === path)?.since;
  return versions.find(({ number }) => number === since);
}

/** The other fields, by the version that they are the same since. */
function BlamedFields({ blame: { fields, versions } }: { readonly blame: Blame }) {
  const other = fields.filter(({ field }) => field !== "definition.rule");
  const bySince = [...Map.groupBy(other, ({ since }) => since)].sort(([a], [b]) => b - a);
  const oldest = bySince.at(-1)?.[0];
  return (
    <ul className={styles.blamedFields}>
      {bySince.map(([since, group]) => (
        <li key={since} className={styles.leaf}>
          <span className={styles.dim}>
            {since === oldest ? "All other fields" : group.map(({ field }) => fieldLabel(field)).join(", ")}
          </span>
          <BlameMark version={versions.find(({ number }) => number === since)} />
        </li>
      ))}
    </ul>
  );
}
