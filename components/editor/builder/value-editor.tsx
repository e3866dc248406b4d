"use client";

import type { ValueEditorProps } from "react-querybuilder";
import { InstantValue } from "@/components/ui/instant-value";
import { NumberValue, RangeValue } from "@/components/ui/number-value";
import type { ValueControl, ValueControlProps } from "@/components/ui/value-control";
import { BooleanValue, WindowValue } from "@/components/ui/window-value";
import type { AttributeItem } from "@/lib/catalogue/contract";
import type { Finding } from "@/lib/findings";
import { isReferenceField } from "@/lib/rules/builder";
import { isOperatorOf, type ValueShape, valueShape } from "@/lib/rules/value-shape";
import styles from "./builder.module.css";
import { useBuilder } from "./builder-context";
import { conditionName, placeKey } from "./place";
import { ReferenceValue } from "./reference-value";
import { TextsValue, TextValue } from "./text-value";

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
  const wrong = findings.get(placeKey(path))?.find(isOfValue);
  const shared = {
    ...{ value, onChange: handleOnChange, name: `of ${conditionName(path)}` },
    ...{ wrong: wrong !== undefined, disabled: disabled ?? false },
  };
  return (
    <div className={styles.value}>
      {isReferenceField(field) ? (
        <ReferenceValue {...shared} field={field} />
      ) : (
        <AttributeValue {...shared} attribute={attributes.get(field)} operator={operator} />
      )}
      {wrong && <span className={styles.wrong}>{wrong.resolution || wrong.message}</span>}
    </div>
  );
}

function isOfValue({ severity, path }: Finding): boolean {
  return severity === "blocking" && /\.(value|segment|list)\b/.test(path);
}

type AttributeValueProps = Omit<ValueControlProps, "attribute" | "operator"> & {
  readonly attribute: AttributeItem | undefined;
  readonly operator: string;
};

function AttributeValue({ attribute, operator, ...rest }: AttributeValueProps) {
  if (!attribute || !isOperatorOf(attribute.type, operator)) return null;
  const Control = controls[valueShape(attribute.type, operator)];
  return <Control {...rest} attribute={attribute} operator={operator} />;
}
