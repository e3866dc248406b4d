import type { ErasedCustomers } from "../../audit/server/erased-customers";
import type { IngestBatch, IngestResult } from "../../engine/customer-records";
import type { Engine } from "../../engine/engine";
import { isDomainError } from "../../errors";
import type { Piece } from "../commit-queue";
import type { IngestItem } from "../read-item";
import type { Fault } from "../reject";
import type { IngestTarget } from "../targets";

export type PlacedItem = { readonly line: number; readonly item: IngestItem };

export type IngestPiece = Piece & {
  readonly target: IngestTarget;
  readonly lines: readonly PlacedItem[];
  /** Of the key that brings it. */
  readonly regions: readonly string[];
};

/** What became of a line. */
export type LineOutcome = "taken" | "repeated" | Fault;

export type Cause = "data" | "events" | "consent";
export type Touched = (customers: readonly string[], cause: Cause) => void;

export type IngestEngine = Pick<Engine, "ingest" | "regionsOf" | "mergedInto" | "erase">;

export type Committing = {
  readonly engine: () => IngestEngine;
  readonly erased: ErasedCustomers;
  readonly touched: Touched;
  readonly now: () => number;
};

type Line = { item: IngestItem; readonly target: IngestTarget; outcome: LineOutcome };

/** What became of each line of each piece, once all that was taken is kept. */
export async function commitPieces(
  pieces: readonly IngestPiece[],
  { engine, erased, touched, now }: Committing,
): Promise<LineOutcome[][]> {
  const lines = pieces.map(({ lines: placed, target }) =>
    placed.map(({ item }): Line => ({ item, target, outcome: "taken" })),
  );
  await nameCurrent(lines.flat(), engine());
  const customers = customersOf(lines.flat());
  const [gone, regions] = await Promise.all([erased.among(customers), engine().regionsOf(customers)]);
  const residence = new Map(regions);
  for (const [index, piece] of pieces.entries())
    for (const line of lines[index] ?? []) line.outcome = admit(line.item, { gone, residence, regions: piece.regions });
  const admitted = lines.flat().filter(({ outcome }) => outcome === "taken");
  await keep(admitted, { engine: engine(), touched, now: now() });
  await forgetErased(customersOf(admitted), { engine: engine(), erased });
  return lines.map((ofPiece) => ofPiece.map(({ outcome }) => outcome));
}

function customersOf(lines: readonly Line[]): string[] {
  return [...new Set(lines.map(({ item }) => item.customerId))];
}

/** What comes of somebody who was merged is of who they are now. */
async function nameCurrent(lines: readonly Line[], engine: Pick<Engine, "mergedInto">): Promise<void> {
  const current = await engine.mergedInto(customersOf(lines));
  if (current.size === 0) return;
  for (const line of lines) {
    const customerId = current.get(line.item.customerId);
    if (customerId === undefined) continue;
    const { change, event, consents, identities } = line.item;
    line.item = {
      customerId,
      ...(change ? { change: { ...change, id: customerId } } : {}),
      ...(event ? { event: { ...event, customerId } } : {}),
      consents: consents.map((each) => ({ ...each, customerId })),
      identities: identities.map((each) => ({ ...each, customerId })),
    };
  }
}

/** Of who was erased while this was being written, nothing stays. */
async function forgetErased(
  customers: readonly string[],
  { engine, erased }: { readonly engine: Pick<Engine, "erase">; readonly erased: ErasedCustomers },
): Promise<void> {
  const gone = await erased.among(customers);
  if (gone.size > 0) await engine.erase([...gone]);
}

type Admission = {
  readonly gone: ReadonlySet<string>;
  /** Of known customers, as it is once the lines before have been taken. */
  readonly residence: Map<string, string | null>;
  readonly regions: readonly string[];
};

/** A key brings data of its own regions, and moves nobody into them or out of them. */
function admit({ customerId, change }: IngestItem, { gone, residence, regions }: Admission): LineOutcome {
  if (gone.has(customerId))
    return { code: "erased", message: "This customer was erased; nothing more is kept of them." };
  const before = residence.get(customerId) ?? null;
  const after = change?.region === undefined ? before : change.region;
  const isForeign = (region: string | null) => region !== null && !regions.includes(region);
  const isMoved = before !== null && after === null;
  if (isForeign(before) || isForeign(after) || isMoved)
    return { code: "foreign-region", message: "This key may not bring data of a customer of another region." };
  if (change) residence.set(customerId, after);
  return "taken";
}

type Keeping = { readonly engine: Pick<Engine, "ingest">; readonly touched: Touched; readonly now: number };

/** All at once; where something cannot be stored after all, by halves, until it stands alone. */
async function keep(lines: readonly Line[], keeping: Keeping): Promise<void> {
  if (lines.length === 0) return;
  try {
    const result = await keeping.engine.ingest(batchOf(lines), keeping.now);
    settle(lines, result);
    tell(lines, result, keeping.touched);
  } catch (error) {
    if (!isDomainError(error) || error.code !== "invalid") throw error;
    const [only, ...others] = lines;
    if (only && others.length === 0) only.outcome = { code: "unstorable", message: error.message };
    else {
      const half = Math.ceil(lines.length / 2);
      await keep(lines.slice(0, half), keeping);
      await keep(lines.slice(half), keeping);
    }
  }
}

function batchOf(lines: readonly Line[]): IngestBatch {
  const items = lines.map(({ item }) => item);
  return {
    changes: items.flatMap(({ change }) => change ?? []),
    consents: items.flatMap(({ consents }) => consents),
    events: items.flatMap(({ event }) => event ?? []),
    identities: items.flatMap(({ identities }) => identities),
  };
}

function settle(lines: readonly Line[], { repeats, taken }: IngestResult): void {
  const repeated = { events: new Set(repeats.events), consents: new Set(repeats.consents) };
  const elsewhere = new Set(taken);
  let [event, consent] = [0, 0];
  for (const line of lines) {
    const { item, target } = line;
    if (item.event && repeated.events.has(event++)) line.outcome = "repeated";
    const known = item.consents.filter(() => repeated.consents.has(consent++));
    if (target === "consents" && known.length > 0) line.outcome = "repeated";
    const other = item.identities.find((identity) => elsewhere.has(identity));
    if (other)
      line.outcome = {
        code: "identity-taken",
        message: `What is given in "${other.namespace}" names another customer and stays so; merge the two, or unlink it there.`,
      };
  }
}

/** Each customer once, by the strictest cause: what takes somebody out is told first. */
function tell(lines: readonly Line[], result: IngestResult, touched: Touched): void {
  const moved = new Set(result.touched);
  const causes: readonly (readonly [Cause, (item: IngestItem) => boolean])[] = [
    ["consent", ({ consents }) => consents.length > 0],
    ["data", ({ change }) => change !== undefined],
    ["events", ({ event }) => event !== undefined],
  ];
  for (const [cause, isCause] of causes) {
    const ids = lines.filter(({ item }) => isCause(item)).map(({ item }) => item.customerId);
    const told = [...new Set(ids)].filter((id) => moved.delete(id));
    if (told.length > 0) touched(told, cause);
  }
}
