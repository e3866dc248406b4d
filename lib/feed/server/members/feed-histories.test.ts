import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type HistoryGround, prepareHistories } from "../../../testing/history-ground";
import { canonical, readerOf, readPage, type Standing, takeSnapshot } from "../../../testing/history-reader";
import { type HistoryMoment, historyMoments, historyReaders } from "../../../testing/history-steps";
import type { History } from "../../../testing/history-world";
import { aboutChanges, type ChangeReader, changePlaceSchema } from "../../change-place";
import { readCursor } from "../../cursor";
import { cursorOf } from "./changes";

const histories = Number(process.env.STEWARD_HISTORIES ?? 60);
const atOnce = 4;
const seed = 20_261_122;

let ground: HistoryGround;
beforeAll(async () => {
  ground = await prepareHistories();
});
afterAll(() => ground.close());

const scopes = [
  { regions: ["eu"], purposes: ["billing", "marketing"] },
  { regions: ["eu", "us"], purposes: ["billing"] },
  { regions: ["uk", "us"], purposes: ["marketing"] },
];
const standingsKept = 2;

type Kept = { readonly reader: ChangeReader; readonly standing: Standing };

/** One consumer of the history: what they read of it, and where they stood on the way. */
type Consumer = { reader: ChangeReader; standing: Standing | null; readonly kept: Kept[] };

async function read(history: History, consumer: Consumer, { limit, pages }: { limit: number; pages: number }) {
  for (let page = 0; page < pages; page += 1) {
    const { reader } = consumer;
    const standing: Standing | null = consumer.standing ?? (await takeSnapshot(history, reader));
    if (!standing) return;
    if (consumer.kept.length < standingsKept) consumer.kept.push({ reader, standing });
    const read = await readPage(history, reader, standing, limit);
    if (read === null) return;
    consumer.standing = read === "gone" ? null : read.standing;
    if (read === "gone" || !read.isComplete) continue;
    const whole = await takeSnapshot(history, reader);
    if (whole) expect(canonical(read.standing.holding)).toBe(canonical(whole.holding));
    return;
  }
}

function rescope(consumer: Consumer, reader: ChangeReader): void {
  const { standing, reader: before } = consumer;
  if (standing && before.scopeName !== reader.scopeName) {
    const reading = readCursor(cursorOf(standing.place, before), aboutChanges(reader), changePlaceSchema);
    expect(reading).toEqual({ ok: false, why: "foreign" });
    consumer.standing = null;
  }
  consumer.reader = reader;
}

async function live(moments: readonly HistoryMoment[]): Promise<void> {
  const history = await ground.begin();
  const readers = scopes.map((scope) => readerOf(history.environment, scope));
  const consumers = readers.slice(0, historyReaders).map((reader): Consumer => ({ reader, standing: null, kept: [] }));
  for (const { step, isFollowed, polls } of moments) {
    if (step.kind === "rescope") {
      const [consumer, reader] = [consumers[step.reader], readers[step.scope]];
      if (consumer && reader) rescope(consumer, reader);
    } else await history.perform(step);
    if (isFollowed) await history.follow();
    for (const { reader, ...poll } of polls) {
      const consumer = consumers[reader];
      if (consumer) await read(history, consumer, poll);
    }
  }
  await history.follow();
  const ends = new Map<string, string>();
  for (const reader of readers) ends.set(reader.scopeName, canonical((await wholeNow(history, reader)).holding));
  for (const { kept, reader, standing } of consumers) {
    const last = standing ? [{ reader, standing }] : [];
    for (const each of [...kept, ...last]) {
      const end = await replay(history, each);
      if (end) expect(canonical(end.holding)).toBe(ends.get(each.reader.scopeName));
    }
  }
}

async function wholeNow(history: History, reader: ChangeReader): Promise<Standing> {
  const whole = await takeSnapshot(history, reader);
  if (!whole) throw new Error("The log has not followed at the end.");
  return whole;
}

/** From a place on the way, onto what was held there, to the end; null where that is gone. */
async function replay(history: History, { reader, standing }: Kept): Promise<Standing | null> {
  for (let now = standing; ; ) {
    const page = await readPage(history, reader, now, 1_000);
    if (page === null) throw new Error("The log has not followed at the end.");
    if (page === "gone") return null;
    if (page.isComplete) return page.standing;
    now = page.standing;
  }
}

test("changes from any place lead to what a snapshot holds, byte for byte, whatever happened", {
  timeout: 60_000 + histories * 1_000,
}, async () => {
  const cases = fc.sample(historyMoments, { numRuns: histories, seed }).entries();
  const liveSome = async () => {
    for (const [number, moments] of cases) {
      await live(moments).catch((error: unknown) => {
        throw new Error(`History ${number}: ${JSON.stringify(moments)}`, { cause: error });
      });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, liveSome));
});
