"use client";

import { Button, Group, Stack } from "@mantine/core";
import { ErrorLine } from "@/components/ui/error-state";
import { Facts } from "@/components/ui/facts";
import { Mono } from "@/components/ui/mono";
import { Num } from "@/components/ui/num";
import { RejectedLines } from "@/components/ui/rejected-lines";
import { isApiProblem } from "@/lib/http/fetch-json";
import type { ListItem, UploadPreview } from "@/lib/lists/contract";
import type { UploadMode } from "@/lib/lists/definition";
import { CustomerCount } from "./customer-count";
import styles from "./lists.module.css";
import type { UploadPlan } from "./upload-plan";

type UploadSummaryProps = {
  readonly list: ListItem;
  readonly mode: UploadMode;
  readonly plan: UploadPlan;
  readonly preview: UploadPreview;
  readonly pending: boolean;
  readonly error: unknown;
  /** It was sent, and the list held just that already. */
  readonly isUnchanged: boolean;
  readonly onBack: () => void;
  readonly onLookAgain: () => void;
  readonly onUpload: () => void;
};

/** Who comes, goes and stays, against the version that the list has now. */
export function UploadSummary(props: UploadSummaryProps) {
  const { list, mode, plan, preview, error } = props;
  const { from, added, removed, kept, changed, size } = preview;
  const isStale = isApiProblem(error) && error.code === "stale-list";
  return (
    <Stack gap="md">
      <Facts
        labelWidth={220}
        valueAlign="right"
        facts={[
          { key: "new", label: "New on the list", value: <CustomerCount value={added} /> },
          { key: "gone", label: "No longer on it", value: mode === "merge" ? 0 : <CustomerCount value={removed} /> },
          { key: "kept", label: "Stay on it", value: from === 0 ? 0 : <CustomerCount value={kept} /> },
          ...(changed > 0
            ? [{ key: "changed", label: "of them with another expiry", value: <CustomerCount value={changed} /> }]
            : []),
          ...(plan.repeated > 0
            ? [{ key: "repeated", label: "Named more than once", value: <Num value={plan.repeated} /> }]
            : []),
          ...(plan.rejected > 0 ? [{ key: "rejected", label: "Left out", value: <Num value={plan.rejected} /> }] : []),
          { key: "size", label: "Customers afterwards", value: <CustomerCount value={size} /> },
        ]}
      />
      <RejectedLines {...plan} />
      <p className={styles.note}>
        {from === 0 ? "The first version of the list." : <Compared from={from} />} {usersInWords(list.segments)}
      </p>
      {props.isUnchanged && <p role="status">No version was made: the list holds just that already.</p>}
      {isStale ? <Stale onLookAgain={props.onLookAgain} /> : <ErrorLine error={error} />}
      <Group justify="flex-end" gap="sm">
        <Button onClick={props.onBack}>Back</Button>
        <Button
          variant="filled"
          disabled={isStale || props.isUnchanged}
          loading={props.pending}
          onClick={props.onUpload}
        >
          Upload as v{from + 1}
        </Button>
      </Group>
    </Stack>
  );
}

function Compared({ from }: { readonly from: number }) {
  return (
    <>
      Compared with <Mono>v{from}</Mono>, the newest.
    </>
  );
}

function Stale({ onLookAgain }: { readonly onLookAgain: () => void }) {
  return (
    <div className={styles.stale} role="alert">
      <span>Somebody else uploaded meanwhile, so this comparison is of a version that is no longer the newest.</span>
      <Button size="xs" onClick={onLookAgain}>
        Compare again
      </Button>
    </div>
  );
}

function usersInWords(segments: number): string {
  if (segments === 0) return "";
  return segments === 1
    ? "1 segment uses it, and keeps the version it was released with until it is released again."
    : `${segments} segments use it, and keep the version they were released with until they are released again.`;
}
