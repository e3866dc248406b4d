import { ScrollArea } from "@mantine/core";
import { Section } from "@/components/ui/section";
import type { ImportPreview } from "@/lib/customers/contract";
import styles from "./imports.module.css";

const shownRows = 8;

export function FirstRows({ preview }: { readonly preview: ImportPreview }) {
  const numbered = preview.rows.slice(0, shownRows).map((cells, index) => ({ cells, number: index + 1 }));
  return (
    <Section title="First rows">
      <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: "region", "aria-label": "First rows of the file" }}>
        <table className={`${styles.table} ${styles.rows}`}>
          <thead>
            <tr>
              <th scope="col">Row</th>
              {preview.columns.map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {numbered.map(({ cells, number }) => (
              <tr key={number}>
                <th scope="row">{number}</th>
                {preview.columns.map(({ name }, at) => (
                  <td key={name}>{cells[at] ?? <span className={styles.dim}>blank</span>}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
    </Section>
  );
}
