"use client";

import { Button, Group, Modal, Stack } from "@mantine/core";
import type { SegmentDocument } from "@/lib/segments/document";
import type { Version } from "@/lib/versions/contract";
import { MergeSides } from "./merge-sides";
import { useMergeChoices } from "./use-merge-choices";

type StaleDialogProps = {
  /** What this editor had saved or loaded last. */
  readonly base: SegmentDocument;
  readonly mine: SegmentDocument;
  readonly theirs: Version;
  readonly onChoose: (document: SegmentDocument) => void;
};

/** Two people edited one draft: what only one changed merges, the rest is chosen. Nothing is lost before that. */
export function StaleDialog({ base, mine, theirs, onChoose }: StaleDialogProps) {
  const sides = { base, live: theirs.document, draft: mine };
  const { choices, choose, merge } = useMergeChoices(sides);
  const author = theirs.contributors.at(-1)?.name ?? theirs.author.name;
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
          {author} or another window of yours saved it after you loaded it. Your text is still here. What only one side
          changed is merged; where both changed the same, choose whose stays.
        </p>
        <MergeSides sides={sides} other="Saved" choices={choices} onChoose={choose} />
        <Group justify="flex-end" gap="sm">
          <Button onClick={() => onChoose(theirs.document)}>Take all that was saved</Button>
          <Button
            variant="filled"
            data-autofocus
            disabled={!merge || merge.conflicts.length > 0}
            onClick={() => merge && onChoose(merge.document)}
          >
            Go on with the merge
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
