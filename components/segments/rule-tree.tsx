import { SentenceParts } from "@/components/ui/sentence-parts";
import { type Condition, childrenOf, formatPath, groupKindOf, type Rule, type RulePath } from "@/lib/rules/definition";
import { conditionPhrases, groupWords } from "@/lib/rules/describe-condition";
import type { RuleVocabulary } from "@/lib/rules/vocabulary";
import styles from "./segments.module.css";

type RuleTreeProps = {
  readonly rule: Rule;
  readonly vocabulary: RuleVocabulary;
  /** Where the rule stands in the whole one. */
  readonly path?: RulePath;
};

/** The rule line by line, groups indented. */
export function RuleTree({ rule, vocabulary, path = [] }: RuleTreeProps) {
  const kind = groupKindOf(rule);
  if (kind === undefined)
    return (
      <span>
        <SentenceParts parts={conditionPhrases(rule as Condition, vocabulary)} />
      </span>
    );
  return (
    <div>
      <span className={styles.kind}>{groupWords[kind]}</span>
      <ul className={styles.tree}>
        {childrenOf(rule).map((child, index) => {
          const place = [...path, kind, index];
          return (
            <li key={formatPath(place)}>
              <RuleTree rule={child} vocabulary={vocabulary} path={place} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}
