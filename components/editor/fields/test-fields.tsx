"use client";

import { Button, Group, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { Section } from "@/components/ui/section";
import type { TestCase } from "@/lib/segments/document";
import { useEditing, useSet } from "../editor-context";
import { placedTests, TestGlyph } from "../test-glyph";
import { FieldRow } from "./field-row";
import styles from "./fields.module.css";
import { TestForm } from "./test-form";

/** Customers made up by the author who must be in, or must not; a version whose tests fail is not submitted. */
export function TestFields() {
  const { document, testResults } = useEditing();
  const { tests } = document;
  const failed = testResults?.passes.filter((passes) => !passes).length ?? 0;
  const members = tests.filter((test) => test.expect === "member").length;
  return (
    <Section title="Test cases">
      <dl>
        <FieldRow field="tests" label="Made-up customers" form={<TestList />}>
          {tests.length === 0 ? (
            <span className={styles.dim}>none yet</span>
          ) : (
            <>
              {members} must be members, {tests.length - members} must not
              {failed > 0 && <span className={styles.bad}>; {failed === 1 ? "1 fails" : `${failed} fail`}</span>}
            </>
          )}
        </FieldRow>
      </dl>
    </Section>
  );
}

function TestList() {
  const { document, testResults } = useEditing();
  const set = useSet();
  const { tests } = document;
  const [open, setOpen] = useState<number | null>(tests.length === 0 ? null : -1);
  function change(index: number, test: TestCase): void {
    set({ tests: tests.map((each, at) => (at === index ? test : each)) }, `test ${index}`);
  }
  function remove(index: number): void {
    set({ tests: tests.filter((_, at) => at !== index) });
    setOpen(null);
  }
  function add(): void {
    set({ tests: [...tests, newTest(tests.length)] });
    setOpen(tests.length);
  }
  return (
    <div>
      {placedTests(tests, testResults).map(({ place, test, passes }, index) => (
        <div key={place}>
          <div className={styles.testLine}>
            <TestGlyph passes={passes} />
            <UnstyledButton aria-expanded={open === index} onClick={() => setOpen(open === index ? null : index)}>
              {test.name || "Without a name"}
            </UnstyledButton>
            <span className={styles.dim}>{test.expect === "member" ? "member" : "not member"}</span>
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              aria-label={`Remove ${test.name}`}
              onClick={() => remove(index)}
            >
              Remove
            </Button>
          </div>
          {open === index && <TestForm test={test} onTest={(next) => change(index, next)} />}
        </div>
      ))}
      <Group mt="md">
        <Button size="xs" onClick={add} disabled={tests.length >= 200}>
          Add a test
        </Button>
      </Group>
    </div>
  );

  function newTest(before: number): TestCase {
    return {
      name: `Test ${before + 1}`,
      customer: {
        id: `test-${before + 1}`,
        ...(document.regions[0] ? { region: document.regions[0] } : {}),
        consents: [...document.purposes],
        objections: [],
        attributes: {},
      },
      asOf: `${new Date().toISOString().slice(0, 10)}T00:00:00Z`,
      expect: "member",
    };
  }
}
