"use client";

import type { ValueEditorProps } from "react-querybuilder";
import { isOperatorOf, type ValueShape, valueShape } from "@/lib/rules/value-shape";
import styles from "./builder.module.css";
import { useBuilder } from "./builder-context";
import { InstantValue } from "./instant-value";
import { NumberValue, RangeValue } from "./number-value";
import { conditionName, placeKey } from "./place";
import { TextsValue, TextValue } from "./text-value";
import type { ValueControl } from "./value-control";
import { BooleanValue, WindowValue } from "./window-value";

const controls: Record<ValueShape, ValueControl> = {
  none: () => null,
  text: TextValue,
  texts: TextsValue,
  number: NumberValue,
  range: RangeValue,
  boolean: BooleanValue,
  instant: InstantValue,
  window: WindowValue,
};

/** The control that the attribute's type and the operator ask for. */
export function ValueEditor({ field, operator, value, handleOnChange, path, disabled }: ValueEditorProps) {
  const { attributes, findings } = useBuilder();
  const attribute = attributes.get(field);
  if (!attribute || !isOperatorOf(attribute.type, operator)) return <span className={styles.value} />;
  const Control = controls[valueShape(attribute.type, operator)];
  const wrong = findings
    .get(placeKey(path))
    ?.find((finding) => finding.severity === "blocking" && finding.path.includes(".value"));
  return (
    <div className={styles.value}>
      <Control
        attribute={attribute}
        operator={operator}
        value={value}
        onChange={handleOnChange}
        name={`of ${conditionName(path)}`}
        wrong={wrong !== undefined}
        disabled={disabled ?? false}
      />
      {wrong && <span className={styles.wrong}>{wrong.resolution || wrong.message}</span>}
    </div>
  );
}
