"use client";

import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { createList, uploadList } from "@/lib/lists/mutations";
import type { NewSegment } from "@/lib/segments/blank-document";
import { createSegment } from "@/lib/versions/mutations";
import { documentOf, type Start } from "./start";

export const creationSteps = ["list", "upload", "segment"] as const;
export type CreationStep = (typeof creationSteps)[number];

/**
 * Makes the segment; from ids first the list and what is on it. What was made before something failed is not made again
 * when it is tried once more.
 */
export function useCreateSegment(onCreated: (key: string) => void) {
  const list = useMutation(createList);
  const upload = useMutation(uploadList);
  const segment = useMutation(createSegment);
  const made = useRef<{ readonly key: string; readonly version: number; readonly text?: string } | null>(null);
  const [step, setStep] = useState<CreationStep | null>(null);

  async function makeList({ key, name }: NewSegment, text: string): Promise<void> {
    if (made.current?.key !== key) {
      setStep("list");
      await list.mutateAsync({ key, name });
      made.current = { key, version: 0 };
    }
    if (made.current.text === text) return;
    setStep("upload");
    const upTo = await upload.mutateAsync({ key, text, mode: "replace", basedOn: made.current.version });
    made.current = { key, text, version: upTo.list.version };
  }

  async function makeAll(values: NewSegment, start: Start): Promise<void> {
    if (start.kind === "ids") await makeList(values, start.text);
    setStep("segment");
    await segment.mutateAsync(documentOf(values, start));
    onCreated(values.key);
  }

  function create(values: NewSegment, start: Start): void {
    for (const each of [list, upload, segment]) each.reset();
    // Each mutation keeps its error, for the form to show.
    makeAll(values, start).catch(() => setStep(null));
  }

  return { create, step, error: list.error ?? upload.error ?? segment.error };
}
