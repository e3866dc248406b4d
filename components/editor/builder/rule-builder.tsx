"use client";

import { VisuallyHidden } from "@mantine/core";
import { useId, useMemo, useRef, useState } from "react";
import {
  getPathOfID,
  isRuleGroup,
  type Path,
  QueryBuilder,
  type RuleGroupType,
  type RuleType,
} from "react-querybuilder";
import type { Finding } from "@/lib/findings";
import type { FunnelStep } from "@/lib/previews/steps";
import { listField, segmentField } from "@/lib/rules/builder";
import { bounds } from "@/lib/rules/definition";
import type { Vocabulary } from "../use-vocabulary";
import { AddCondition, AddGroup } from "./add-actions";
import { AttributeSelect } from "./attribute-select";
import styles from "./builder.module.css";
import { BuilderProvider } from "./builder-context";
import { newRow } from "./builder-query";
import { DragHandle, GroupBody, RuleDragging } from "./drag-and-drop";
import { KindSelector } from "./kind-selector";
import { moveByKey } from "./move-by-key";
import { OperatorSelect } from "./operator-select";
import { moveWords } from "./place";
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
  dragHandle: DragHandle,
  ruleGroupBodyElements: GroupBody,
};
const controlClassnames = {
  ruleGroup: styles.group,
  header: styles.header,
  body: styles.body,
  rule: styles.rule,
  dndDragging: styles.dragging,
  dndOver: styles.over,
};
const kinds = [
  { name: "all", label: "All of" },
  { name: "any", label: "Any of" },
  { name: "none", label: "None of" },
];

type RuleBuilderProps = {
  readonly query: RuleGroupType;
  readonly onQuery: (query: RuleGroupType) => void;
  readonly vocabulary: Pick<Vocabulary, "attributes" | "segments" | "lists">;
  readonly ownKey: string;
  readonly steps: ReadonlyMap<string, FunnelStep>;
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
  readonly population: number;
  readonly stale: boolean;
  readonly disabled: boolean;
};

/**
 * The rule as rows; each carries what it alone keeps. Rows and groups move by their handles, or with Alt and up or down
 * from whatever has the focus in them; where they went is read out.
 */
export function RuleBuilder({ query, onQuery, disabled, vocabulary, ...rest }: RuleBuilderProps) {
  const added = useRef<string | null>(null);
  const hint = useId();
  const [said, setSaid] = useState("");
  const { attributes, segments, lists } = vocabulary;
  const { steps, findings, population, stale, ownKey } = rest;
  const context = useMemo(() => {
    const widest = Math.max(0, ...[...steps.values()].map((step) => step.alone));
    return { attributes, segments, lists, ownKey, steps, findings, population, stale, widest, added };
  }, [attributes, segments, lists, ownKey, steps, findings, population, stale]);
  const fields = useMemo(() => fieldsOf(attributes), [attributes]);
  function announce(node: RuleType | RuleGroupType, from: Path, next: RuleGroupType): boolean {
    const to = node.id === undefined ? null : getPathOfID(node.id, next);
    if (to) setSaid(moveWords(isRuleGroup(node) ? "group" : "rule", from, to));
    return true;
  }
  return (
    <BuilderProvider value={context}>
      <fieldset
        aria-label="Rule"
        aria-describedby={disabled ? undefined : hint}
        className={styles.builder}
        data-locked={disabled || undefined}
        onKeyDown={(event) =>
          !disabled &&
          moveByKey(event, query, ({ query: next, words }) => {
            setSaid(words);
            onQuery(next);
          })
        }
      >
        <VisuallyHidden id={hint}>Alt with up or down moves the condition or group that has the focus.</VisuallyHidden>
        <VisuallyHidden role="status">{said}</VisuallyHidden>
        <div className={styles.heads} aria-hidden>
          <span>Alone keeps</span>
          <span>Missing</span>
        </div>
        <RuleDragging>
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
            onMoveRule={(row, from, _to, _query, next) => announce(row, from, next)}
            onMoveGroup={(group, from, _to, _query, next) => announce(group, from, next)}
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
        </RuleDragging>
      </fieldset>
    </BuilderProvider>
  );
}

function fieldsOf(attributes: Vocabulary["attributes"]) {
  const named = [...attributes.values()].map(({ key, name }) => ({ name: key, value: key, label: name }));
  const references = [
    { name: segmentField, value: segmentField, label: "Segment" },
    { name: listField, value: listField, label: "List" },
  ];
  return [...named, ...references];
}
