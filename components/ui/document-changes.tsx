import type { ReactNode } from "react";
import { changesInWords } from "@/lib/rules/changes-in-words";
import type { Rule } from "@/lib/rules/definition";
import { describe as describeRule } from "@/lib/rules/describe";
import { sentence } from "@/lib/rules/phrase";
import type { RuleVocabulary } from "@/lib/rules/vocabulary";
import type { SegmentDocument } from "@/lib/segments/document";
import { changeInWords, diffGovernedFields, type FieldNames } from "@/lib/segments/governed-fields";
import { SentenceParts } from "./sentence-parts";
import styles from "./text.module.css";

/** A document and its rule, whose references may stand with the versions that they stand for. */
export type DocumentSide = { readonly document: SegmentDocument; readonly rule: Rule };

type DocumentChangesProps = {
  /** Null for a first version: then the rule is described. */
  readonly before: DocumentSide | null;
  readonly after: DocumentSide;
  readonly vocabulary: RuleVocabulary;
  readonly names: FieldNames;
  /** Said where nothing differs. */
  readonly none: string;
  /** Further items. */
  readonly children?: ReactNode;
};

/** A change in words: the rule first, then the other fields. */
export function DocumentChanges({ before, after, vocabulary, names, none, children }: DocumentChangesProps) {
  const rule = before ? changesInWords(before.rule, after.rule, vocabulary) : [describeRule(after.rule, vocabulary)];
  const fields = before
    ? diffGovernedFields(before.document, after.document, names).filter(({ changed }) => changed)
    : [];
  return (
    <ul className={styles.changes}>
      {rule.map((phrases) => (
        <li key={sentence(phrases)}>
          <SentenceParts parts={phrases} />
        </li>
      ))}
      {fields.map((field) => (
        <li key={field.field}>
          <b>{field.label}</b> {changeInWords(field)}
        </li>
      ))}
      {rule.length === 0 && fields.length === 0 && <li>{none}</li>}
      {children}
    </ul>
  );
}
