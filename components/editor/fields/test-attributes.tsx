"use client";

import { ActionIcon, Button, Group, Select, TagsInput, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { NumberField } from "@/components/ui/number-field";
import { UtcPicker } from "@/components/ui/utc-picker";
import type { AttributeItem } from "@/lib/catalogue/contract";
import { attributesUsed } from "@/lib/segments/attributes-used";
import type { TestCase } from "@/lib/segments/document";
import { useEditing } from "../editor-context";
import styles from "./fields.module.css";

type Values = TestCase["customer"]["attributes"];
type Value = Values[string];
type TestAttributesProps = { readonly attributes: Values; readonly onAttributes: (attributes: Values) => void };

const blanks = { string: "", number: 0, boolean: true, timestamp: "2026-01-01T00:00:00Z", string_set: [] } as const;

/** What is known of the made-up customer; what is not given is missing. */
export function TestAttributes({ attributes, onAttributes }: TestAttributesProps) {
  const { document, choices } = useEditing();
  const missing = [...choices.attributes.values()].filter((attribute) => !(attribute.key in attributes));
  const ofRule = attributesUsed(document.definition.rule).filter((key) => missing.some((each) => each.key === key));
  function add(keys: readonly string[]): void {
    const added = keys.flatMap((key) => {
      const attribute = choices.attributes.get(key);
      return attribute ? [[key, blankOf(attribute)] as const] : [];
    });
    onAttributes({ ...attributes, ...Object.fromEntries(added) });
  }
  return (
    <div className={styles.form}>
      {Object.entries(attributes).map(([key, value]) => (
        <div key={key} className={styles.attributeLine}>
          <span>{choices.attributes.get(key)?.name ?? key}</span>
          <ValueInput
            attribute={choices.attributes.get(key)}
            name={key}
            value={value}
            onValue={(next) => onAttributes({ ...attributes, [key]: next })}
          />
          <ActionIcon
            size={24}
            aria-label={`Leave ${key} out`}
            onClick={() =>
              onAttributes(Object.fromEntries(Object.entries(attributes).filter(([each]) => each !== key)))
            }
          >
            <IconX size={14} stroke={1.6} />
          </ActionIcon>
        </div>
      ))}
      <Group gap="sm">
        <Select
          aria-label="Add an attribute"
          placeholder="Add an attribute"
          size="xs"
          searchable
          value={null}
          data={missing.map((attribute) => ({ value: attribute.key, label: attribute.name }))}
          onChange={(key) => key !== null && add([key])}
        />
        {ofRule.length > 0 && (
          <Button size="xs" onClick={() => add(ofRule)}>
            Add the rule’s {ofRule.length}
          </Button>
        )}
      </Group>
    </div>
  );
}

function blankOf(attribute: AttributeItem): Value {
  const blank = blanks[attribute.type];
  return typeof blank === "object" ? [...blank] : blank;
}

type ValueInputProps = {
  readonly attribute: AttributeItem | undefined;
  readonly name: string;
  readonly value: Value;
  readonly onValue: (value: Value) => void;
};

function ValueInput({ attribute, name, value, onValue }: ValueInputProps) {
  const shared = { size: "xs", "aria-label": `Value of ${attribute?.name ?? name}` } as const;
  if (typeof value === "number" && attribute?.type === "number")
    return <NumberField {...shared} value={value} onChange={(next) => next !== undefined && onValue(next)} />;
  if (typeof value === "boolean")
    return (
      <Select
        {...shared}
        data={["true", "false"]}
        value={String(value)}
        onChange={(next) => next !== null && onValue(next === "true")}
        allowDeselect={false}
      />
    );
  if (Array.isArray(value)) return <TagsInput {...shared} value={value} onChange={onValue} acceptValueOnBlur />;
  if (attribute?.type === "timestamp")
    return <UtcPicker {...shared} value={instantText(value)} onChange={(next) => next && onValue(next)} />;
  return <TextInput {...shared} value={String(value)} onChange={(event) => onValue(event.currentTarget.value)} />;
}

function instantText(value: string | number): string {
  return typeof value === "number" ? new Date(value).toISOString() : value;
}
