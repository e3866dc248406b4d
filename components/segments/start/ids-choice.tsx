"use client";

import { Button, Group, Textarea } from "@mantine/core";
import { useState } from "react";
import { formatCount, formatNumber } from "@/components/ui/number-format";
import { RejectedLines } from "@/components/ui/rejected-lines";
import { TextFileButton } from "@/components/ui/text-file-button";
import { listBounds } from "@/lib/lists/definition";
import { readPasted, uploadText } from "@/lib/lists/pasted-ids";
import type { ReadUpload } from "@/lib/lists/read-upload";
import type { GivenIds } from "./start";
import styles from "./start.module.css";

/** Ids pasted or from a file. They become a managed list, to which the rule refers. */
export function IdsChoice({ onIds }: { readonly onIds: (ids: GivenIds | null) => void }) {
  const [text, setText] = useState("");
  const [file, setFile] = useState<string | null>(null);
  const [read, setRead] = useState<ReadUpload | null>(null);
  function take(next: string, name: string | null): void {
    const taken = next.trim() === "" ? null : readPasted(next);
    const fits = taken !== null && taken.entries.length > 0 && taken.entries.length <= listBounds.entries;
    setText(name === null ? next : "");
    setFile(name);
    setRead(taken);
    onIds(fits ? { text: uploadText(next), read: taken } : null);
  }
  return (
    <div className={styles.ids}>
      {file === null ? (
        <Textarea
          label="Customer ids"
          description="One to a line, or with commas between. Columns id and expires_at with a header are read too."
          minRows={4}
          maxRows={10}
          value={text}
          onChange={(event) => take(event.currentTarget.value, null)}
        />
      ) : (
        <p>
          From <b>{file}</b>
        </p>
      )}
      <Group gap="sm">
        <TextFileButton onText={take}>{file === null ? "Choose a file" : "Choose another file"}</TextFileButton>
        {file !== null && (
          <Button size="xs" variant="subtle" color="gray" onClick={() => take("", null)}>
            Paste instead
          </Button>
        )}
      </Group>
      {read && <WhatIsTaken read={read} />}
      <p className={styles.note}>
        They become a managed list of the segment’s name and key, and the rule takes who is on it. Whoever uploads to
        the list later changes the segment with its next release.
      </p>
    </div>
  );
}

function WhatIsTaken({ read: { entries, repeated, rejected, rejects } }: { readonly read: ReadUpload }) {
  if (entries.length > listBounds.entries)
    return (
      <p className={styles.bad} role="alert">
        These are {formatNumber(entries.length)} customers; a list holds {formatNumber(listBounds.entries)} at most.
        Import what they have in common as an attribute, or make several lists.
      </p>
    );
  const parts = [
    formatCount(entries.length, "customer"),
    repeated > 0 ? `${formatNumber(repeated)} repeated` : "",
    rejected > 0 ? `${formatNumber(rejected)} left out` : "",
  ];
  return (
    <div role="status">
      <p>{parts.filter((part) => part !== "").join(", ")}</p>
      <RejectedLines rejected={rejected} rejects={rejects} />
    </div>
  );
}
