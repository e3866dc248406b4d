import { Table } from "@mantine/core";
import { When } from "@/components/ui/instant";
import { TextLink } from "@/components/ui/link-button";
import { Mono } from "@/components/ui/mono";
import { wordsOfNestedChange } from "@/components/ui/release-words";
import type { NestedChange } from "@/lib/releases/history-contract";
import styles from "./segments.module.css";

/** "Lapsed customers v5 was released; this segment stands on v4": no release of its own, and so set back. */
export function NestedChangeRow({ change }: { readonly change: NestedChange }) {
  const { kind, key, name, what, version, standsOn, actor, at } = change;
  return (
    <Table.Tr className={styles.dim}>
      <Table.Td>refers to</Table.Td>
      <Table.Td className={styles.nested} colSpan={3}>
        <TextLink underline="always" href={`/${kind === "segment" ? "segments" : "lists"}/${encodeURIComponent(key)}`}>
          {name}
        </TextLink>{" "}
        <Mono>v{version}</Mono> {wordsOfNestedChange[what]}; this segment {what === "kill" ? "keeps" : "stands on"}{" "}
        <Mono>v{standsOn}</Mono>
      </Table.Td>
      <Table.Td className={styles.by}>{actor.name}</Table.Td>
      <Table.Td ta="right">
        <When at={at} />
      </Table.Td>
    </Table.Tr>
  );
}
