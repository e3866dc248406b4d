"use client";

import { Button, Group, Modal, Radio, Stack, Table } from "@mantine/core";
import { useState } from "react";
import { Mono } from "@/components/ui/mono";
import type { SegmentDocument } from "@/lib/segments/document";
import { changedParts, mergeSides } from "@/lib/segments/two-sides";
import type { Version } from "@/lib/versions/contract";

type StaleDialogProps = {
  readonly mine: SegmentDocument;
  readonly theirs: Version;
  readonly onChoose: (document: SegmentDocument) => void;
};

/** Two people edited one draft: part by part, whose stays. Nothing is lost before somebody has chosen. */
export function StaleDialog({ mine, theirs, onChoose }: StaleDialogProps) {
  const parts = changedParts(mine, theirs.document);
  const [chosen, setChosen] = useState<Readonly<Record<string, "mine" | "theirs">>>({});
  const author = theirs.contributors.at(-1)?.name ?? theirs.author.name;
  const choose = (part: string, side: string) =>
    setChosen((before) => ({ ...before, [part]: side === "theirs" ? "theirs" : "mine" }));
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      size={760}
      title="This draft was saved elsewhere meanwhile"
    >
      <Stack gap="md">
        <p>
          {author} or another window of yours saved it after you loaded it. Your text is still here. Choose whose stays
          for each part that differs.
        </p>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Part</Table.Th>
              <Table.Th>Yours</Table.Th>
              <Table.Th>Saved</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {parts.map(({ part, name, mine: yours, theirs: saved }) => (
              <Table.Tr key={part}>
                <Table.Td>{name}</Table.Td>
                {(
                  [
                    ["mine", yours],
                    ["theirs", saved],
                  ] as const
                ).map(([side, text]) => (
                  <Table.Td key={side} py="sm" valign="top">
                    <Radio
                      name={part}
                      checked={(chosen[part] ?? "mine") === side}
                      onChange={() => choose(part, side)}
                      label={<Mono>{text}</Mono>}
                    />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Group justify="flex-end" gap="sm">
          <Button onClick={() => onChoose(theirs.document)}>Take all that was saved</Button>
          <Button variant="filled" data-autofocus onClick={() => onChoose(mergeSides(mine, theirs.document, chosen))}>
            Go on with this choice
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
