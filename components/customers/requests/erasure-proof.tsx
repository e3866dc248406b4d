import { Box, Table } from "@mantine/core";
import { Num } from "@/components/ui/num";
import { PlainTable } from "@/components/ui/plain-table";
import type { ErasureProof } from "@/lib/customers/request-contract";

/** What was found of the customer, place by place, and what a search found afterwards; where there was most, first. */
export function ErasureProofTable({ proof }: { readonly proof: ErasureProof }) {
  const places = Object.entries(proof.found).sort(([a, x], [b, y]) => y - x || a.localeCompare(b));
  return (
    <Box maw={560}>
      <PlainTable
        minWidth={420}
        columns={[{ title: "Place" }, { title: "Found", align: "right" }, { title: "Left", align: "right" }]}
      >
        {places.map(([place, found]) => (
          <Table.Tr key={place}>
            <Table.Td>{place}</Table.Td>
            <Table.Td ta="right">
              <Num value={found} />
            </Table.Td>
            <Table.Td ta="right">{proof.left ? <Num value={proof.left[place] ?? 0} /> : "searching"}</Table.Td>
          </Table.Tr>
        ))}
      </PlainTable>
    </Box>
  );
}
