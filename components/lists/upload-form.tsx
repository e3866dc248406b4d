"use client";

import { Button, Group, Radio, Stack, Textarea, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { ErrorLine } from "@/components/ui/error-state";
import { formatCount, formatNumber } from "@/components/ui/number-format";
import { RejectedLines } from "@/components/ui/rejected-lines";
import { TextFileButton } from "@/components/ui/text-file-button";
import { UtcPicker } from "@/components/ui/utc-picker";
import { type UploadMode, uploadModes } from "@/lib/lists/definition";
import styles from "./lists.module.css";
import type { UploadPlan } from "./upload-plan";

export type UploadInput = {
  readonly text: string;
  readonly mode: UploadMode;
  readonly note: string;
  /** For everyone of whom the text says none; ISO 8601 in UTC. */
  readonly expiresAt: string | undefined;
};

const modes = {
  merge: { label: "Add to who is on it", what: "nobody goes; who is on it already gets the expiry given here" },
  replace: { label: "Replace who is on it", what: "who is not in this upload is no longer on the list" },
} as const satisfies Record<UploadMode, { label: string; what: string }>;

type UploadFormProps = {
  readonly input: UploadInput;
  readonly plan: UploadPlan;
  readonly onInput: (input: UploadInput) => void;
  readonly pending: boolean;
  readonly error: unknown;
  readonly onCancel: () => void;
  readonly onNext: () => void;
};

/** Ids by paste or from a file, and how they are meant. */
export function UploadForm({ input, plan, onInput, pending, error, onCancel, onNext }: UploadFormProps) {
  const { entries, rejected } = plan;
  const isNothing = entries.length === 0 && (input.mode === "merge" || rejected > 0);
  return (
    <Stack gap="md">
      <Textarea
        label="Customers"
        description="One to a line, or with commas between. Columns id and expires_at with a header are read too."
        placeholder={"c_000123\nc_000456"}
        classNames={{ input: styles.ids }}
        minRows={7}
        maxRows={14}
        data-autofocus
        spellCheck={false}
        value={input.text}
        onChange={(event) => onInput({ ...input, text: event.currentTarget.value })}
      />
      <div className={styles.read}>
        <TextFileButton onText={(text) => onInput({ ...input, text })}>Choose a file</TextFileButton>
        <ReadSoFar plan={plan} />
      </div>
      <RejectedLines {...plan} />
      <Radio.Group
        label="What happens to the list"
        value={input.mode}
        onChange={(mode) => onInput({ ...input, mode: mode === "replace" ? "replace" : "merge" })}
      >
        <Stack gap={6} mt={4}>
          {uploadModes.toReversed().map((mode) => (
            <Radio key={mode} value={mode} label={modes[mode].label} description={modes[mode].what} />
          ))}
        </Stack>
      </Radio.Group>
      <UtcPicker
        label="On the list until"
        description="For everyone of whom the text says nothing else. Empty: for good."
        placeholder="For good"
        clearable
        value={input.expiresAt}
        onChange={(expiresAt) => onInput({ ...input, expiresAt })}
      />
      <TextInput
        label="Note"
        placeholder="Where they come from, and why"
        maxLength={2_000}
        value={input.note}
        onChange={(event) => onInput({ ...input, note: event.currentTarget.value })}
      />
      <ErrorLine error={error} />
      <Group justify="flex-end" gap="sm">
        <Button onClick={onCancel}>Cancel</Button>
        <Button variant="filled" disabled={isNothing} loading={pending} onClick={onNext}>
          See what changes
        </Button>
      </Group>
    </Stack>
  );
}

function ReadSoFar({ plan: { entries, repeated, rejected } }: { readonly plan: UploadPlan }): ReactNode {
  if (entries.length + rejected === 0) return null;
  const parts = [
    formatCount(entries.length, "customer"),
    repeated > 0 && `${formatNumber(repeated)} repeated`,
    rejected > 0 && `${formatNumber(rejected)} left out`,
  ];
  return (
    <span className={styles.dim} role="status">
      {parts.filter(Boolean).join(", ")}
    </span>
  );
}
