import type { CommitQueue } from "../commit-queue";
import { type IngestItem, type ReadingContext, readItem } from "../read-item";
import { lineBounds, readLine } from "../read-line";
import { type Fault, fault, type Reject } from "../reject";
import { type RawLine, splitBody } from "../split-body";
import type { IngestTarget } from "../targets";
import { type IngestAnswer, mostRejectsTold } from "../wire";
import type { ArrivalLog } from "./arrival-log";
import type { IngestPiece, LineOutcome, PlacedItem } from "./commit-pieces";
import type { KnownVocabulary } from "./load-vocabulary";
import { IngestRefusal } from "./problems";

export type IngestKey = { readonly id: string; readonly scope: { readonly regions: readonly string[] } };
export type IngestQueue = CommitQueue<IngestPiece, LineOutcome[]>;

export type Receiving = {
  readonly queue: IngestQueue;
  readonly vocabulary: KnownVocabulary;
  readonly arrivals: ArrivalLog;
  readonly now: () => number;
  /** Unpacked, of one body. */
  readonly mostBytes: number;
};

/** So much is handed to the writer at once. */
const pieceLimits = { items: 500, bytes: 256 * 1024 };
const lateMs = 3_600_000;
const faults = {
  "too-long": `A line has at most ${lineBounds.bytes / 1024} KiB.`,
  "not-an-array": "The array ends too early, or something follows it.",
} as const;

/** Reads the body to its end, and answers once everything that is taken over is kept. */
export async function receiveBody(
  body: AsyncIterable<Uint8Array>,
  { target, key }: { readonly target: IngestTarget; readonly key: IngestKey },
  { queue, vocabulary, arrivals, now, mostBytes }: Receiving,
): Promise<IngestAnswer> {
  const source = `key:${key.id}`;
  const begun = now();
  const tally = startTally();
  const outcomes: Promise<void>[] = [];
  let lines: PlacedItem[] = [];
  let bytes = 0;

  async function handOver(): Promise<void> {
    if (lines.length === 0) return;
    const piece = { target, lines, regions: key.scope.regions, items: lines.length, bytes };
    lines = [];
    bytes = 0;
    const { outcome } = await queue.put(piece);
    outcomes.push(outcome.then((each) => tally.settle(piece.lines, each, now())));
  }

  async function take(raw: RawLine): Promise<void> {
    const read = await readRaw(raw);
    if ("fault" in read) return tally.reject({ line: raw.line, ...read.fault });
    lines.push({ line: raw.line, item: read.item });
    bytes += "bytes" in raw ? raw.bytes.length : 0;
    if (lines.length >= pieceLimits.items || bytes >= pieceLimits.bytes) await handOver();
  }

  async function readRaw(raw: RawLine): Promise<{ item: IngestItem } | { fault: Fault }> {
    if ("fault" in raw) return fault(raw.fault === "too-long" ? "line-too-long" : "not-json", faults[raw.fault]);
    const read = readLine(raw.bytes);
    if ("fault" in read) return read;
    const context: Omit<ReadingContext, "vocabulary"> = { source, now: now() };
    const known = await vocabulary.current(now());
    const item = readItem(target, read.value, { ...context, vocabulary: known });
    if (!("fault" in item) || !item.fault.code.startsWith("unknown-")) return item;
    // It may have been added a moment ago.
    const renewed = await vocabulary.current(now(), begun);
    return renewed === known ? item : readItem(target, read.value, { ...context, vocabulary: renewed });
  }

  try {
    const splitter = splitBody(lineBounds.bytes);
    let seen = 0;
    for await (const chunk of body) {
      seen += chunk.length;
      if (seen > mostBytes) throw new IngestRefusal("body-too-large");
      for (const raw of splitter.push(chunk)) await take(raw);
    }
    for (const raw of splitter.end()) await take(raw);
    await handOver();
    await Promise.all(outcomes);
  } finally {
    await Promise.allSettled(outcomes);
    arrivals.note({ source, target, ...tally.counted() });
  }
  return tally.answer();
}

function startTally() {
  const told: Reject[] = [];
  const codes: string[] = [];
  const attributes = new Set<string>();
  let [accepted, repeated, late] = [0, 0, 0];

  function reject(reject: Reject): void {
    codes.push(reject.code);
    if (told.length < mostRejectsTold) told.push(reject);
  }

  return {
    reject,
    settle(lines: readonly PlacedItem[], outcomes: readonly LineOutcome[], now: number): void {
      for (const [index, { line, item }] of lines.entries()) {
        const outcome = outcomes[index];
        if (outcome === undefined) continue;
        if (typeof outcome === "object") {
          reject({ line, ...outcome });
          continue;
        }
        accepted += 1;
        if (outcome === "repeated") repeated += 1;
        else if (happenedAt(item) < now - lateMs) late += 1;
        for (const [key, value] of Object.entries(item.change?.attributes ?? {}))
          if (value !== null) attributes.add(key);
      }
    },
    counted: () => ({ accepted, repeated, late, rejected: codes, attributes: [...attributes] }),
    answer(): IngestAnswer {
      const rejected = told.toSorted((a, b) => a.line - b.line);
      return { accepted, repeated, rejected, rejectedTotal: codes.length };
    },
  };
}

/** Milliseconds; of what is no event and no statement, now. */
function happenedAt({ event, consents }: IngestItem): number {
  return Math.min(event?.at ?? Number.POSITIVE_INFINITY, ...consents.map(({ at }) => at));
}
