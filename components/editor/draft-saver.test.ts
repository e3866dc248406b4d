import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { SegmentDocument } from "@/lib/segments/document";
import type { Version } from "@/lib/versions/contract";
import { DraftSaver, type SaveOutcome } from "./draft-saver";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function documentNamed(name: string): SegmentDocument {
  return { name } as SegmentDocument;
}

function saverWith(outcomes: readonly SaveOutcome[]) {
  const calls: { name: string; basedOn: number }[] = [];
  const save = vi.fn(async (document: SegmentDocument, basedOn: number) => {
    calls.push({ name: document.name, basedOn });
    await new Promise((resolve) => setTimeout(resolve, 100));
    return outcomes[Math.min(calls.length, outcomes.length) - 1] ?? { kind: "saved" as const, draftRevision: 1 };
  });
  const base = { document: documentNamed("start"), draftRevision: 4 };
  return { calls, saver: new DraftSaver(base, { save, now: () => 0 }) };
}

test("a burst of edits is one save, based on the revision that was loaded", async () => {
  const { calls, saver } = saverWith([{ kind: "saved", draftRevision: 5 }]);
  saver.offer(documentNamed("a"));
  saver.offer(documentNamed("b"));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(calls).toEqual([{ name: "b", basedOn: 4 }]);
  expect(saver.status().kind).toBe("saved");
});

test("what is edited during a save is saved after it, on the new revision", async () => {
  const { calls, saver } = saverWith([
    { kind: "saved", draftRevision: 5 },
    { kind: "saved", draftRevision: 6 },
  ]);
  saver.offer(documentNamed("a"));
  await vi.advanceTimersByTimeAsync(750);
  saver.offer(documentNamed("b"));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(calls).toEqual([
    { name: "a", basedOn: 4 },
    { name: "b", basedOn: 5 },
  ]);
});

test("an unreachable server is tried again until it takes the draft", async () => {
  const { calls, saver } = saverWith([
    { kind: "unreachable", why: "offline" },
    { kind: "unreachable", why: "offline" },
    { kind: "saved", draftRevision: 5 },
  ]);
  saver.offer(documentNamed("a"));
  await vi.advanceTimersByTimeAsync(900);
  expect(saver.status()).toMatchObject({ kind: "unreachable", tries: 1 });
  expect(saver.pending).toBe(true);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(calls).toHaveLength(3);
  expect(saver.pending).toBe(false);
});

test("a conflict stops saving until a side is chosen, and keeps the text", async () => {
  const theirs = { document: documentNamed("theirs"), draftRevision: 9 } as Version;
  const { calls, saver } = saverWith([
    { kind: "stale", theirs },
    { kind: "saved", draftRevision: 10 },
  ]);
  const mine = documentNamed("mine");
  saver.offer(mine);
  await vi.advanceTimersByTimeAsync(1_000);
  const more = documentNamed("mine, more");
  saver.offer(more);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(calls).toHaveLength(1);
  expect(saver.wanted).toBe(more);
  expect(saver.status()).toMatchObject({ kind: "stale", base: { name: "start" } });
  saver.resolve(theirs, more);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(calls[1]).toEqual({ name: "mine, more", basedOn: 9 });
  expect(saver.pending).toBe(false);
});

test("a refused draft is offered again only when it changes", async () => {
  const { calls, saver } = saverWith([
    { kind: "refused", why: "A segment has a name." },
    { kind: "saved", draftRevision: 5 },
  ]);
  saver.offer(documentNamed(""));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(calls).toHaveLength(1);
  saver.offer(documentNamed("named"));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(saver.status().kind).toBe("saved");
});
