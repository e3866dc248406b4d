"use client";

import { Button, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { ListItem } from "@/lib/lists/contract";
import { previewUpload, uploadList } from "@/lib/lists/mutations";
import { UploadForm, type UploadInput } from "./upload-form";
import { uploadPlan } from "./upload-plan";
import { UploadSummary } from "./upload-summary";

/** Says what an upload changes before it is made. */
export function UploadDialog({ list }: { readonly list: ListItem }) {
  const [opened, dialog] = useDisclosure(false);
  return (
    <>
      <Button variant="filled" onClick={dialog.open}>
        Upload customers
      </Button>
      <Modal opened={opened} onClose={dialog.close} title={`Upload to ${list.name}`} size={640}>
        <UploadSteps list={list} onClose={dialog.close} />
      </Modal>
    </>
  );
}

const blank: UploadInput = { text: "", mode: "merge", note: "", expiresAt: undefined };

function UploadSteps({ list, onClose }: { readonly list: ListItem; readonly onClose: () => void }) {
  const [input, setInput] = useState(blank);
  const preview = useMutation(previewUpload);
  const upload = useMutation(uploadList);
  const plan = uploadPlan(input.text, input.expiresAt);
  const terms = { key: list.key, mode: input.mode, note: input.note, entries: [...plan.entries] };
  function look(): void {
    upload.reset();
    preview.mutate(terms);
  }
  const compared = preview.data;
  if (compared)
    return (
      <UploadSummary
        list={list}
        mode={input.mode}
        plan={plan}
        preview={compared}
        pending={upload.isPending}
        error={upload.error}
        isUnchanged={upload.data?.changed === false}
        onBack={preview.reset}
        onLookAgain={look}
        onUpload={() =>
          upload.mutate({ ...terms, basedOn: compared.from }, { onSuccess: ({ changed }) => changed && onClose() })
        }
      />
    );
  return (
    <UploadForm
      input={input}
      plan={plan}
      onInput={setInput}
      pending={preview.isPending}
      error={preview.error}
      onCancel={onClose}
      onNext={look}
    />
  );
}
