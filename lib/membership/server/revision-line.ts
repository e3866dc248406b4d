import type { Engine } from "../../engine/engine";
import type { Materialisation, Moves } from "../../engine/membership-records";
import { notFound } from "../../errors";
import type { Transaction } from "../../server/database";
import type { Environment, ReleaseKind } from "../../server/prisma/client";
import type { MembershipCause } from "../cause";

/** The PostgreSQL channel on which each revision is said, as "environment:revision". */
export const revisionChannel = "steward_revision";

export type LogEngine = Pick<Engine, "materialise" | "forgetBeyond">;

/** Held until the transaction ends: who moves an environment's revision comes after whoever moved it before. */
export async function lockEnvironment(tx: Transaction, key: string): Promise<Environment> {
  await tx.$queryRaw`SELECT 1 FROM "Environment" WHERE "key" = ${key} FOR UPDATE`;
  const environment = await tx.environment.findUnique({ where: { key } });
  if (!environment) throw notFound("environment", key);
  return environment;
}

export type NextRevision<Kind = ReleaseKind> = {
  /** As locked. */
  readonly environment: Environment;
  readonly kind: Kind;
  readonly cause: MembershipCause;
  readonly engine: LogEngine;
  readonly now: Date;
} & Pick<Materialisation, "segments" | "customers">;

/**
 * The head of an environment moves here and nowhere else: what follows is written into the membership log at the next
 * revision, and the head goes there when the transaction commits. Until then nobody sees it; what a transaction that
 * never committed left in the log is forgotten first.
 */
export async function takeReleaseRevision(tx: Transaction, next: NextRevision): Promise<number> {
  return moveHead(tx, next, await writeMoves(next));
}

/** Null, and no revision, where nobody moves. */
export async function takeMembershipRevision(
  tx: Transaction,
  next: NextRevision<"membership" | "erasure">,
): Promise<number | null> {
  const moves = await writeMoves(next);
  return moves.entered + moves.left + moves.relocated === 0 ? null : moveHead(tx, next, moves);
}

/** For the kill switch while the customers' data does not answer: the log follows when it does. */
export async function takeRevisionUnlogged(tx: Transaction, next: NextRevision): Promise<number> {
  return moveHead(tx, next, null);
}

/**
 * For customers who are gone from the log too: whoever holds an earlier revision has to take what is served whole. Also
 * where they were members of nothing, as what is served may have named them.
 */
export async function takeErasureRevision(
  tx: Transaction,
  { environment, engine, now }: Pick<NextRevision, "environment" | "now"> & { engine: Pick<LogEngine, "forgetBeyond"> },
): Promise<number> {
  await engine.forgetBeyond({ environment: environment.key, revision: environment.revision });
  return moveHead(tx, { environment, kind: "erasure", cause: "erasure", now }, null);
}

async function writeMoves(next: Omit<NextRevision, "kind">): Promise<Moves> {
  const { environment, engine, cause, segments, customers, now } = next;
  await engine.forgetBeyond({ environment: environment.key, revision: environment.revision });
  return engine.materialise({
    ...{ environment: environment.key, revision: environment.revision + 1, asOf: now.getTime(), cause, segments },
    ...(customers && { customers }),
  });
}

async function moveHead(
  tx: Transaction,
  { environment, kind, cause, now }: Pick<NextRevision<string>, "environment" | "kind" | "cause" | "now">,
  moves: Moves | null,
): Promise<number> {
  const number = environment.revision + 1;
  const moved = moves && { entered: moves.entered, left: moves.left };
  await tx.environment.update({ where: { key: environment.key }, data: { revision: number } });
  await tx.revision.create({
    data: { environmentKey: environment.key, number, kind, cause, ...moved, createdAt: now },
  });
  await tx.$executeRaw`SELECT pg_notify(${revisionChannel}, ${`${environment.key}:${number}`})`;
  return number;
}
