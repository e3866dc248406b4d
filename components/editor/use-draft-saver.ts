"use client";

import { useMutation } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { z } from "zod";
import { isApiProblem } from "@/lib/http/fetch-json";
import type { SegmentDocument } from "@/lib/segments/document";
import { parseDraft } from "@/lib/segments/draft-shape";
import { staleDraftSchema, type Version } from "@/lib/versions/contract";
import { saveDraft } from "@/lib/versions/mutations";
import { DraftSaver, type SaveOutcome, type SaveStatus } from "./draft-saver";

/** Saves the document behind the editor, and asks before the page is left with something unsaved. */
export function useDraftSaver(version: Version, document: SegmentDocument): { saver: DraftSaver; status: SaveStatus } {
  const { mutateAsync } = useMutation({ ...saveDraft, networkMode: "always" });
  const [saver] = useState(
    () =>
      new DraftSaver(version, {
        now: Date.now,
        save: async (wanted, basedOn) => {
          const shape = parseDraft(wanted);
          if (!shape.ok) return { kind: "refused", why: shape.findings[0]?.message ?? "This cannot be kept." };
          return mutateAsync({ key: version.segmentKey, document: wanted, basedOn }).then(
            (answer) => ({ kind: "saved", draftRevision: answer.version.draftRevision }),
            outcomeOf,
          );
        },
      }),
  );
  useEffect(() => saver.offer(document), [saver, document]);
  useEffect(() => {
    function beforeUnload(event: BeforeUnloadEvent): void {
      if (saver.pending) event.preventDefault();
    }
    window.addEventListener("beforeunload", beforeUnload);
    return () => {
      window.removeEventListener("beforeunload", beforeUnload);
      void saver.flush();
    };
  }, [saver]);
  return { saver, status: useSyncExternalStore(saver.subscribe, saver.status, saver.status) };
}

function outcomeOf(error: unknown): SaveOutcome {
  if (!isApiProblem(error)) return { kind: "unreachable", why: "Something failed on our side." };
  if (error.code === "stale-draft") {
    const sides = z.safeParse(staleDraftSchema, error.more);
    if (sides.success) return { kind: "stale", theirs: sides.data.theirs };
  }
  if (error.status === 0 || error.status >= 500 || error.status === 429)
    return { kind: "unreachable", why: error.detail };
  return { kind: "refused", why: error.findings[0]?.message ?? error.detail };
}
