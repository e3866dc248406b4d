import { SentenceParts } from "@/components/ui/sentence-parts";
import { type Condition, childrenOf, groupKindOf, type Rule } from "@/lib/rules/definition";
import { conditionPhrases, groupWords } from "@/lib/rules/describe-condition";
import type { RuleVocabulary } from "@/lib/rules/vocabulary";
import styles from "./segments.module.css";
import { sentenceParts } from "./sentence-kinds";

type RuleTreeProps = { readonly rule: Rule; readonly vocabulary: RuleVocabulary };

/** The rule line by line, groups indented. */
export function RuleTree({ rule, vocabulary }: RuleTreeProps) {
  const kind = groupKindOf(rule);
  if (kind === undefined)
    return (
      <span>
        <SentenceParts parts={sentenceParts(conditionPhrases(rule as Condition, vocabulary))} />
      </span>
    );
  return (
    <div>
      <span className={styles.kind}>{groupWords[kind]}</span>
      <ul className={styles.tree}>
        {childrenOf(rule).map((child, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: nodes of a rule have no identity but their place
          <li key={index}>
            <RuleTree rule={child} vocabulary={vocabulary} />
          </li>
        ))}
      </ul>
    </div>
  );
}
