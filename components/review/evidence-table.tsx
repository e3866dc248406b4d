import { Table, VisuallyHidden } from "@mantine/core";
import { Instant } from "@/components/ui/instant";
import { Num } from "@/components/ui/num";
import { Section } from "@/components/ui/section";
import type { Preview } from "@/lib/previews/contract";
import type { Evidence } from "@/lib/versions/contract";
import styles from "./review.module.css";

type Row = { readonly label: string; readonly of: (preview: Preview) => number | undefined };

const rows: readonly Row[] = [
  { label: "Population", of: (preview) => preview.population },
  { label: "Taken by the rule", of: (preview) => preview.matched },
  { label: "Denied, consent", of: (preview) => preview.denied.consent },
  { label: "Denied, region", of: (preview) => preview.denied.region },
  { label: "Members", of: (preview) => preview.members },
  { label: "Entering", of: (preview) => preview.impact?.entering },
  { label: "Leaving", of: (preview) => preview.impact?.leaving },
  { label: "Staying", of: (preview) => preview.impact?.staying },
  { label: "Tests that pass", of: (preview) => preview.tests.filter((test) => test.passes).length },
];

/** What those have who enter and leave, where the reader may be told. */
function moneyRows({ impact }: Preview): readonly Row[] {
  return (impact?.money ?? []).flatMap(({ attribute, name, unit }) => {
    const of = (preview: Preview) => preview.impact?.money?.find((each) => each.attribute === attribute);
    const measured = unit === null ? name : `${name}, ${unit}`;
    return [
      { label: `Entering, ${measured}`, of: (preview: Preview) => of(preview)?.entering ?? undefined },
      { label: `Leaving, ${measured}`, of: (preview: Preview) => of(preview)?.leaving ?? undefined },
    ];
  });
}

/** What the author saw at submit, and how it stands now. */
export function EvidenceTable({ evidence, now }: { readonly evidence: Evidence; readonly now: Preview | null }) {
  const shown = [...rows, ...moneyRows(evidence.preview)].filter((row) => row.of(evidence.preview) !== undefined);
  return (
    <Section
      title="Evidence"
      variant="framed"
      flush
      aside={
        <>
          taken <Instant at={evidence.takenAt} format="full" />
        </>
      }
    >
      <Table horizontalSpacing={14}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>
              <VisuallyHidden>What</VisuallyHidden>
            </Table.Th>
            <Table.Th ta="right">Then</Table.Th>
            <Table.Th ta="right">Now</Table.Th>
            <Table.Th ta="right">Moved</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map((row) => {
            const then = row.of(evidence.preview) ?? 0;
            const today = now ? row.of(now) : undefined;
            return (
              <Table.Tr key={row.label}>
                <Table.Th scope="row" className={styles.label}>
                  {row.label}
                </Table.Th>
                <Table.Td ta="right">
                  <Num value={then} />
                </Table.Td>
                <Table.Td ta="right" fw={550}>
                  <Num value={today} />
                </Table.Td>
                <Table.Td ta="right">{today === undefined ? "—" : <Num signed value={today - then} />}</Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Section>
  );
}
