import type { ReactNode } from "react";
import { ReferenceLink } from "@/components/ui/reference-link";
import { SentenceParts } from "@/components/ui/sentence-parts";
import { type Condition, childrenOf, formatPath, groupKindOf, type Rule, type RulePath } from "@/lib/rules/definition";
import { conditionPhrases, groupWords } from "@/lib/rules/describe-condition";
import type { RuleVocabulary } from "@/lib/rules/vocabulary";
import type { NamedReference } from "@/lib/segments/contract";
import styles from "./segments.module.css";

type RuleTreeProps = {
  readonly rule: Rule;
  readonly vocabulary: RuleVocabulary;
  readonly references: readonly NamedReference[];
  /** At the right of each condition; `path` as `formatPath` writes it. */
  readonly aside?: ((path: string) => ReactNode) | undefined;
  /** Where the rule stands in the whole one. */
  readonly path?: RulePath;
};

/** The rule line by line, groups indented. */
export function RuleTree({ rule, vocabulary, references, aside, path = [] }: RuleTreeProps) {
  const kind = groupKindOf(rule);
  if (kind === undefined)
    return (
      <div className={styles.leaf}>
        <Leaf condition={rule as Condition} vocabulary={vocabulary} references={references} />
        {aside?.(formatPath(path))}
      </div>
    );
  return (
    <div>
      <span className={styles.kind}>{groupWords[kind]}</span>
      <ul className={styles.tree}>
        {childrenOf(rule).map((child, index) => {
          const place = [...path, kind, index];
          return (
            <li key={formatPath(place)}>
              <RuleTree rule={child} vocabulary={vocabulary} references={references} aside={aside} path={place} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

type LeafProps = Pick<RuleTreeProps, "vocabulary" | "references"> & { readonly condition: Condition };

function Leaf({ condition, vocabulary, references }: LeafProps) {
  const reference = references.find(({ kind, key }) =>
    kind === "segment"
      ? "segment" in condition && condition.segment === key
      : "list" in condition && condition.list === key,
  );
  const version = reference?.pinned ?? reference?.newest;
  return (
    <span>
      <SentenceParts parts={conditionPhrases(condition, vocabulary)} />{" "}
      {reference && <ReferenceLink reference={{ ...reference, ...(version ? { version } : {}) }} />}
    </span>
  );
}
