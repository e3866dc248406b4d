"use client";

import { Select } from "@mantine/core";
import type { OperatorSelectorProps } from "react-querybuilder";
import { isReferenceField, referenceOperators } from "@/lib/rules/builder";
import { operatorsByType } from "@/lib/rules/definition";
import { type AnyOperator, operatorWords } from "@/lib/rules/operator-words";
import styles from "./builder.module.css";
import { useBuilder } from "./builder-context";
import type { Attributes } from "./builder-query";
import { conditionName, placeKey } from "./place";

/** How the attribute is compared; only what its type allows. */
export function OperatorSelect({ value, handleOnChange, disabled, path, field }: OperatorSelectorProps) {
  const { attributes, findings } = useBuilder();
  const operators = operatorsOf(field, attributes);
  const wrong = findings.get(placeKey(path))?.some((finding) => finding.path.endsWith(".operator"));
  return (
    <Select
      size="xs"
      rightSectionWidth={22}
      classNames={{ input: styles.select }}
      className={styles.operator}
      aria-label={`Comparison of ${conditionName(path)}`}
      data={operators.map((operator) => ({ value: operator, label: operatorWords[operator] }))}
      value={value ?? null}
      onChange={(next) => next !== null && handleOnChange(next)}
      allowDeselect={false}
      comboboxProps={{ width: 170, position: "bottom-start" }}
      maxDropdownHeight={340}
      error={wrong ?? false}
      disabled={(disabled ?? false) || operators.length === 0}
    />
  );
}

function operatorsOf(field: string, attributes: Attributes): readonly AnyOperator[] {
  if (isReferenceField(field)) return referenceOperators[field];
  const attribute = attributes.get(field);
  return attribute ? operatorsByType[attribute.type] : [];
}
