import { Section } from "@/components/ui/section";
import type { ImportPreview } from "@/lib/customers/contract";
import styles from "./imports.module.css";

export function FirstRows({ preview }: { readonly preview: ImportPreview }) {
  return (
    <Section title="First rows">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label="First rows of the file">
        <table className={`${styles.table} ${styles.rows}`}>
          <thead>
            <tr>
              {preview.columns.map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.rows.slice(0, 8).map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no other identity
              <tr key={index}>
                {row.map((cell, at) => (
                  <td key={preview.columns[at]?.name ?? at}>{cell ?? <span className={styles.dim}>blank</span>}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Section>
  );
}
