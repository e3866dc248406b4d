import { Table } from "@mantine/core";
import { Num } from "@/components/ui/num";
import { PlainTable } from "@/components/ui/plain-table";
import type { ErasureProof } from "@/lib/customers/request-contract";

/** What was found of the customer, place by place, and what a search found afterwards. */
export function ErasureProofTable({ proof }: { readonly proof: ErasureProof }) {
  return (
    <PlainTable
      minWidth={420}
      columns={[{ title: "Place" }, { title: "Found", align: "right" }, { title: "Left", align: "right" }]}
    >
      {Object.entries(proof.found).map(([place, found]) => (
        <Table.Tr key={place}>
          <Table.Td>{place}</Table.Td>
          <Table.Td ta="right">
            <Num value={found} />
          </Table.Td>
          <Table.Td ta="right">{proof.left ? <Num value={proof.left[place] ?? 0} /> : "searching"}</Table.Td>
        </Table.Tr>
      ))}
    </PlainTable>
  );
}
