import { Section } from "@/components/ui/section";
import { StateGlyph } from "@/components/ui/state-glyph";
import type { Preview } from "@/lib/previews/contract";
import styles from "./preview.module.css";

/** The customers that the author thought of, and whether the rule treats them so. */
export function TestsSection({ tests }: { readonly tests: Preview["tests"] }) {
  const passed = tests.filter((test) => test.passes).length;
  return (
    <Section title="Tests" count={tests.length > 0 && `${passed} of ${tests.length} pass`} variant="panel">
      {tests.length === 0 && (
        <p className={styles.dim}>None yet. Add a customer who must be in, and one who must not.</p>
      )}
      <ul className={styles.tests}>
        {tests.map((test) => (
          <li key={test.name} className={styles.test}>
            <StateGlyph state={test.passes ? "passed" : "failed"} size={13} />
            <span>{test.name}</span>
            <span className={styles.dim}>{test.expect === "member" ? "member" : "not member"}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
