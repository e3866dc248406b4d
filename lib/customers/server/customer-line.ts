import type { MembershipMove } from "../../engine/membership-records";
import { causeWords, membershipCauses } from "../../membership/cause";
import type { Context } from "../../server/context";
import type { CustomerLookup } from "../contract";
import { heldByConsumers } from "./held-by-consumers";
import type { Served } from "./served-at";

/** `revision` is the one as of which the customer is looked at. */
type Asked = Pick<Served, "revision" | "head" | "names"> & { readonly environment: string };

export type CustomerLine = Pick<CustomerLookup, "history" | "consumers"> & {
  /** When the customer entered a segment that they are in. */
  sinceOf(segment: string): string | null;
};

const shownMoves = 200;

/** Entries and exits, the newest first, and which consumers have heard of the last one. */
export async function customerLine(
  ctx: Context,
  { environment, revision: asOf, head, names: served }: Asked,
  moves: readonly MembershipMove[],
): Promise<CustomerLine> {
  const line = moves.filter(({ revision }) => revision <= head);
  const shown = line.slice(-shownMoves).toReversed();
  const [instants, names, consumers] = await Promise.all([
    instantsOf(
      ctx,
      environment,
      line.map(({ revision }) => revision),
    ),
    namesOf(
      ctx,
      shown.flatMap(({ segment }) => (served.segments?.has(segment) ? [] : [segment])),
    ),
    heldByConsumers(ctx, environment, line.at(-1)?.revision ?? null),
  ]);
  const nameOf = (segment: string) => served.segments?.get(segment)?.name ?? names.get(segment) ?? segment;
  const before = line.filter(({ revision }) => revision <= asOf);
  const since = new Map(before.map(({ segment, change, revision }) => [segment, { change, revision }]));
  return {
    sinceOf(segment) {
      const last = since.get(segment);
      return last?.change === "entered" ? (instants.get(last.revision) ?? null) : null;
    },
    history: shown.map(({ segment, change, cause, revision }) => ({
      ...{ segment, name: nameOf(segment), change, revision, at: instants.get(revision) ?? null },
      because: becauseOf(cause),
    })),
    consumers,
  };
}

function becauseOf(cause: string): string {
  const known = membershipCauses.find((each) => each === cause);
  return known ? causeWords[known] : cause;
}

async function instantsOf(ctx: Context, environmentKey: string, revisions: readonly number[]) {
  const rows = await ctx.db.revision.findMany({
    where: { environmentKey, number: { in: [...new Set(revisions)] } },
    select: { number: true, createdAt: true },
  });
  return new Map(rows.map(({ number, createdAt }) => [number, createdAt.toISOString()]));
}

/** Of what is not served any more. */
async function namesOf(ctx: Context, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (keys.length === 0) return new Map();
  const rows = await ctx.db.segment.findMany({
    where: { key: { in: [...new Set(keys)] } },
    select: { key: true, name: true },
  });
  return new Map(rows.map(({ key, name }) => [key, name]));
}
