"use client";

import { useMemo, useRef } from "react";
import { isRuleGroup, QueryBuilder, type RuleGroupType } from "react-querybuilder";
import type { AttributeItem } from "@/lib/catalogue/contract";
import type { Finding } from "@/lib/findings";
import type { FunnelStep } from "@/lib/previews/steps";
import { bounds } from "@/lib/rules/definition";
import { AddCondition, AddGroup } from "./add-actions";
import { AttributeSelect } from "./attribute-select";
import styles from "./builder.module.css";
import { BuilderProvider } from "./builder-context";
import { newRow } from "./builder-query";
import { KindSelector } from "./kind-selector";
import { moveByKey } from "./move-by-key";
import { OperatorSelect } from "./operator-select";
import { RemoveCondition, RemoveGroup } from "./remove-actions";
import { ValueEditor } from "./value-editor";

const controlElements = {
  combinatorSelector: KindSelector,
  addRuleAction: AddCondition,
  addGroupAction: AddGroup,
  removeRuleAction: RemoveCondition,
  removeGroupAction: RemoveGroup,
  fieldSelector: AttributeSelect,
  operatorSelector: OperatorSelect,
  valueEditor: ValueEditor,
};
const controlClassnames = {
  ruleGroup: styles.group,
  header: styles.header,
  body: styles.body,
  rule: styles.rule,
};
const kinds = [
  { name: "all", label: "All of" },
  { name: "any", label: "Any of" },
  { name: "none", label: "None of" },
];

type RuleBuilderProps = {
  readonly query: RuleGroupType;
  readonly onQuery: (query: RuleGroupType) => void;
  readonly attributes: ReadonlyMap<string, AttributeItem>;
  readonly steps: ReadonlyMap<string, FunnelStep>;
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
  readonly population: number;
  readonly stale: boolean;
  readonly disabled: boolean;
};

/** The rule as rows; each carries what it alone keeps. Alt with up or down moves the row that has the focus. */
export function RuleBuilder({ query, onQuery, disabled, ...rest }: RuleBuilderProps) {
  const added = useRef<string | null>(null);
  const { attributes, steps, findings, population, stale } = rest;
  const context = useMemo(() => {
    const widest = Math.max(0, ...[...steps.values()].map((step) => step.alone));
    return { attributes, steps, findings, population, stale, widest, added };
  }, [attributes, steps, findings, population, stale]);
  const fields = useMemo(
    () => [...attributes.values()].map(({ key, name }) => ({ name: key, value: key, label: name })),
    [attributes],
  );
  return (
    <BuilderProvider value={context}>
      <fieldset
        aria-label="Rule"
        className={styles.builder}
        data-locked={disabled || undefined}
        onKeyDown={(event) => moveByKey(event, query, onQuery)}
      >
        <div className={styles.heads} aria-hidden>
          <span>Alone keeps</span>
          <span>Missing</span>
        </div>
        <QueryBuilder
          query={query}
          onQueryChange={(next: RuleGroupType) => next !== query && onQuery(next)}
          fields={fields}
          combinators={kinds}
          controlElements={controlElements}
          controlClassnames={controlClassnames}
          suppressStandardClassnames
          resetOnFieldChange={false}
          addRuleToNewGroups
          maxLevels={bounds.depth - 1}
          accessibleDescriptionGenerator={() => ""}
          disabled={disabled}
          onAddRule={(row) => {
            const fresh = { ...newRow(query, attributes), id: row.id ?? "" };
            added.current = fresh.id;
            return fresh;
          }}
          onAddGroup={(group) => {
            const fresh = newRow(query, attributes);
            added.current = fresh.id ?? null;
            return isRuleGroup(group) ? { ...group, combinator: "any", rules: [fresh] } : group;
          }}
        />
      </fieldset>
    </BuilderProvider>
  );
}
