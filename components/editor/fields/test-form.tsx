"use client";

import { MultiSelect, SegmentedControl, Select, TextInput } from "@mantine/core";
import { UtcPicker } from "@/components/ui/utc-picker";
import type { TestCase } from "@/lib/segments/document";
import { useEditing } from "../editor-context";
import styles from "./fields.module.css";
import { TestAttributes } from "./test-attributes";

type TestFormProps = { readonly test: TestCase; readonly onTest: (test: TestCase) => void };

const expectations = [
  { value: "member", label: "Must be a member" },
  { value: "not_member", label: "Must not be one" },
];

export function TestForm({ test, onTest }: TestFormProps) {
  const { choices } = useEditing();
  const { customer } = test;
  const purposes = choices.purposes.map((purpose) => ({ value: purpose.key, label: purpose.name }));
  const setCustomer = (part: Partial<TestCase["customer"]>) => onTest({ ...test, customer: { ...customer, ...part } });
  return (
    <div className={styles.testForm}>
      <div className={styles.pair}>
        <TextInput
          label="What it shows"
          value={test.name}
          maxLength={200}
          onChange={(event) => onTest({ ...test, name: event.currentTarget.value })}
          error={test.name.trim() === "" ? "Say what it shows." : false}
        />
        <div>
          <SegmentedControl
            aria-label="What is expected"
            data={expectations}
            value={test.expect}
            onChange={(expect) => onTest({ ...test, expect: expect === "member" ? "member" : "not_member" })}
            mt={20}
          />
        </div>
      </div>
      <div className={styles.pair}>
        <TextInput
          label="Customer id"
          value={customer.id}
          onChange={(event) => setCustomer({ id: event.currentTarget.value })}
          error={customer.id === "" ? "A customer has an id." : false}
        />
        <Select
          label="Resides in"
          placeholder="Unknown"
          clearable
          data={choices.regions.map((region) => ({ value: region.key, label: region.name }))}
          value={customer.region ?? null}
          onChange={(region) => onTest({ ...test, customer: withRegion(customer, region) })}
        />
        <UtcPicker label="As of" value={test.asOf} onChange={(asOf) => asOf && onTest({ ...test, asOf })} />
      </div>
      <div className={styles.pair}>
        <MultiSelect
          label="Consents given"
          data={purposes}
          value={customer.consents}
          onChange={(consents) => setCustomer({ consents })}
        />
        <MultiSelect
          label="Objections"
          data={purposes}
          value={customer.objections}
          onChange={(objections) => setCustomer({ objections })}
        />
      </div>
      <TestAttributes attributes={customer.attributes} onAttributes={(attributes) => setCustomer({ attributes })} />
    </div>
  );
}

function withRegion({ region: _before, ...rest }: TestCase["customer"], region: string | null): TestCase["customer"] {
  return region === null ? rest : { ...rest, region };
}
