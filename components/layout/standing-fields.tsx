"use client";

import { Stack, Textarea } from "@mantine/core";
import { UtcPicker } from "@/components/ui/utc-picker";
import type { DocumentStanding } from "@/lib/segments/document";
import { SegmentSelect } from "./segment-select";

type StandingFieldsProps = {
  readonly standing: DocumentStanding;
  readonly onStanding: (standing: DocumentStanding) => void;
  readonly segmentKey: string;
};

/** What is told of a segment that is on its way out, or gone; the date only of one that is still there. */
export function StandingFields({ standing, onStanding, segmentKey }: StandingFieldsProps) {
  const { state, notice, removalAt, replacement } = standing;
  const set = (part: Partial<DocumentStanding>) => {
    const next = { state, notice, removalAt, replacement, ...part };
    onStanding({
      ...{ state: next.state, notice: next.notice },
      ...(next.removalAt && { removalAt: next.removalAt }),
      ...(next.replacement && { replacement: next.replacement }),
    });
  };
  return (
    <Stack gap="md">
      <Textarea
        label="Notice"
        description="Why, and what to do instead. Consumers get it in the feed."
        required
        minRows={2}
        maxLength={2_000}
        value={notice}
        onChange={(event) => set({ notice: event.currentTarget.value })}
        error={notice.trim() === "" ? "A notice says why, and what to do instead." : false}
      />
      {state === "deprecated" && (
        <UtcPicker
          label="To be removed"
          placeholder="Not decided"
          clearable
          value={removalAt}
          onChange={(instant) => set({ removalAt: instant })}
        />
      )}
      <SegmentSelect
        label="Replaced by"
        value={replacement}
        onChange={(key) => set({ replacement: key })}
        except={segmentKey}
      />
    </Stack>
  );
}
