"use client";

import { UnstyledButton } from "@mantine/core";
import { Section } from "@/components/ui/section";
import { useEditing } from "../editor-context";
import { showField } from "../show-path";
import { placedTests, TestGlyph } from "../test-glyph";
import styles from "./preview.module.css";

/** The customers that the author thought of, and whether the rule treats them so, as it stands now. */
export function TestsSection() {
  const { document, testResults, readOnly } = useEditing();
  const { tests } = document;
  const rows = placedTests(tests, testResults);
  const passed = testResults?.passes.filter((passes) => passes).length;
  const count = passed === undefined ? `${tests.length}, not run` : `${passed} of ${tests.length} pass`;
  return (
    <Section title="Tests" count={tests.length > 0 && count} variant="panel">
      {tests.length === 0 && (
        <p className={styles.dim}>
          None yet. Add a customer who must be in, and one who must not.{" "}
          {!readOnly && (
            <UnstyledButton className={styles.show} onClick={() => showField("tests")}>
              Go to the tests
            </UnstyledButton>
          )}
        </p>
      )}
      <ul className={styles.tests} data-stale={testResults?.stale || undefined}>
        {rows.map(({ place, test, passes }) => (
          <li key={place} className={styles.test}>
            <TestGlyph passes={passes} />
            <span>{test.name}</span>
            <span className={styles.dim}>{test.expect === "member" ? "member" : "not member"}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
