import { ScrollArea, Table } from "@mantine/core";
import { Section } from "@/components/ui/section";
import type { ImportPreview } from "@/lib/customers/contract";
import styles from "./imports.module.css";

const shownRows = 8;

export function FirstRows({ preview }: { readonly preview: ImportPreview }) {
  const numbered = preview.rows.slice(0, shownRows).map((cells, index) => ({ cells, number: index + 1 }));
  return (
    <Section title="First rows">
      <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: "region", "aria-label": "First rows of the file" }}>
        <Table className={styles.rows}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Row</Table.Th>
              {preview.columns.map(({ name }) => (
                <Table.Th key={name}>{name}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {numbered.map(({ cells, number }) => (
              <Table.Tr key={number}>
                <Table.Th scope="row">{number}</Table.Th>
                {preview.columns.map(({ name }, at) => (
                  <Table.Td key={name}>{cells[at] ?? <span className={styles.dim}>blank</span>}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
    </Section>
  );
}
