import { expect, test } from "vitest";
import { commitQueue, type Piece } from "./commit-queue";

type Named = Piece & { readonly name: number };
const limits = { items: 100, bytes: 10_000, group: 40 };

/** A writer that commits when it is told to, and what it was given. */
function slowWriter() {
  const groups: number[][] = [];
  let go: (() => void) | undefined;
  return {
    groups,
    commit: async (pieces: readonly Named[]) => {
      groups.push(pieces.map(({ name }) => name));
      await new Promise<void>((resolve) => {
        go = resolve;
      });
      return pieces.map(({ name }) => `kept ${name}`);
    },
    release: () => go?.(),
  };
}

test("what comes while a group is being committed makes the next group, in its order", async () => {
  const writer = slowWriter();
  const queue = commitQueue(limits, writer.commit);
  const puts = await Promise.all([1, 2, 3, 4].map((name) => queue.put({ name, items: 15, bytes: 1 })));
  await settled(() => writer.groups.length === 1);
  const last = await queue.put({ name: 5, items: 15, bytes: 1 });
  for (let commits = 1; commits <= 3; commits += 1) {
    await settled(() => writer.groups.length === commits);
    writer.release();
  }
  const outcomes = await Promise.all([...puts, last].map(({ outcome }) => outcome));
  expect(writer.groups).toEqual([[1, 2], [3, 4], [5]]);
  expect(outcomes).toEqual([1, 2, 3, 4, 5].map((name) => `kept ${name}`));
  expect(queue.held()).toEqual({ items: 0, bytes: 0 });
});

test("a flood waits outside: no more is held than the limits allow, and everything is committed once", async () => {
  let [most, committed] = [{ items: 0, bytes: 0 }, 0];
  const queue = commitQueue<Named, number>(limits, async (pieces) => {
    const held = queue.held();
    most = { items: Math.max(most.items, held.items), bytes: Math.max(most.bytes, held.bytes) };
    expect(pieces.reduce((sum, { items }) => sum + items, 0)).toBeLessThanOrEqual(limits.group);
    committed += pieces.length;
    return pieces.map(({ name }) => name);
  });
  const flood = Array.from({ length: 2_000 }, async (_, name) => {
    const { outcome } = await queue.put({ name, items: 1 + (name % 13), bytes: 1 + (name % 977) });
    return outcome;
  });
  expect(queue.isFull()).toBe(true);
  expect(await Promise.all(flood)).toEqual(flood.map((_, name) => name));
  expect(committed).toBe(2_000);
  expect(most.items).toBeLessThanOrEqual(limits.items);
  expect(most.bytes).toBeLessThanOrEqual(limits.bytes);
  expect(queue.isFull()).toBe(false);
});

test("a piece that is larger than the queue is taken when nothing else is held", async () => {
  const queue = commitQueue<Named, number>(limits, async (pieces) => pieces.map(({ name }) => name));
  const { outcome } = await queue.put({ name: 7, items: 5_000, bytes: 1 });
  expect(await outcome).toBe(7);
});

test("a group that fails is told to those in it, and the next is committed", async () => {
  const queue = commitQueue<Named, number>({ ...limits, group: 1 }, async ([piece]) => {
    if (piece?.name === 1) throw new Error("no disk");
    return [piece?.name ?? 0];
  });
  const [first, second] = await Promise.all([1, 2].map((name) => queue.put({ name, items: 1, bytes: 1 })));
  await expect(first?.outcome).rejects.toThrow("no disk");
  expect(await second?.outcome).toBe(2);
  await queue.settled();
  expect(queue.held()).toEqual({ items: 0, bytes: 0 });
});

async function settled(isDone: () => boolean): Promise<void> {
  while (!isDone()) await new Promise((resolve) => setImmediate(resolve));
}
