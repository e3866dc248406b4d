import { systemActor } from "../../access/actor";
import { recordAudit } from "../../audit/server/record";
import type { Engine } from "../../engine/engine";
import { chunksOf } from "../../engine/server/chunks-of";
import { forgetFrozenArtefacts } from "../../guards/server/frozen-artefacts";
import type { Job } from "../../jobs/job";
import { forgetListContents } from "../../lists/server/list-content";
import { lockEnvironment, takeErasureRevision } from "../../membership/server/revision-line";
import type { Database, Transaction } from "../../server/database";
import type { DataRequest } from "../../server/prisma/client";
import { storedJson } from "../../server/stored-json";
import { erasureProofSchema } from "../request-contract";
import { importQueue } from "./import-queue";
import { hideInRejects, namedInRejects } from "./rejects-of-customer";
import { customerTraces, hideCustomer } from "./stored-customer";

export type ErasingEngine = Pick<Engine, "erase" | "traces" | "forgetBeyond">;

/** So many, and the record is held by nobody for long. */
const erasedTogether = 25;

type Erasure = DataRequest & { readonly customerId: string };

/**
 * Carries out every erasure that is open. Each step may be done again: what is cut off is completed by the next run, and
 * a request is done only when a search of every place finds nothing.
 */
export function eraseCustomers(engineOf: () => ErasingEngine): Job {
  return async (db, now) => {
    const rows = await db.dataRequest.findMany({
      where: { kind: "erasure", state: "open" },
      orderBy: { number: "asc" },
    });
    const open = rows.flatMap(({ customerId, ...row }): Erasure[] =>
      customerId === null ? [] : [{ ...row, customerId }],
    );
    if (open.length === 0) return;
    const engine = engineOf();
    // From here on nothing more of them comes in.
    await db.erasedCustomer.createMany({
      data: open.map(({ id, customerHash }) => ({ customerHash, requestId: id, erasedAt: now })),
      skipDuplicates: true,
    });
    // What was being imported before may still bring them.
    await importQueue().settled();
    for (const erasure of open) await countFound(db, engine, erasure);
    const ids = open.map(({ customerId }) => customerId);
    await engine.erase(ids);
    await hideInRejects(ids);
    const left = { ...(await engine.traces(ids)), "rejects of imports": await namedInRejects(ids) };
    for (const together of chunksOf(open, erasedTogether)) await forget(db, engine, { erasures: together, left, now });
    forgetFrozenArtefacts();
    forgetListContents();
  };
}

type Forgetting = { readonly erasures: readonly Erasure[]; readonly left: Found; readonly now: Date };
type Found = Readonly<Record<string, number>>;

/** What the record has of them goes in one transaction, in which it is searched again. */
async function forget(db: Database, engine: ErasingEngine, { erasures, left, now }: Forgetting): Promise<void> {
  await db.$transaction(async (tx) => {
    for (const { customerId, customerHash } of erasures) {
      await hideCustomer(tx, customerId, customerHash);
      await tx.customerMerge.deleteMany({ where: { OR: [{ fromId: customerId }, { intoId: customerId }] } });
      await tx.scoreOverride.deleteMany({ where: { customerId } });
      await tx.dataRequest.updateMany({ where: { customerId }, data: { customerId: null } });
    }
    const environments = await tx.environment.findMany({ select: { key: true }, orderBy: { position: "asc" } });
    for (const { key } of environments)
      await takeErasureRevision(tx, { environment: await lockEnvironment(tx, key), engine, now });
    for (const erasure of erasures) await finish(tx, erasure, left, now);
  });
}

/** Kept before anything goes, so that the proof says what there was also where this is the second run. */
async function countFound(db: Database, engine: ErasingEngine, { id, proof, customerId }: Erasure): Promise<void> {
  if (proof !== null) return;
  await db.dataRequest.update({
    where: { id },
    data: { proof: storedJson({ found: await found(db, engine, customerId) }) },
  });
}

async function found(db: Database, engine: ErasingEngine, customer: string): Promise<Found> {
  return {
    ...(await engine.traces([customer])),
    ...(await customerTraces(db, customer)),
    "rejects of imports": await namedInRejects([customer]),
  };
}

async function finish(tx: Transaction, erasure: Erasure, leftOfAll: Found, now: Date): Promise<void> {
  const { id, number, customerId, customerHash } = erasure;
  const left = { ...leftOfAll, ...(await customerTraces(tx, customerId)) };
  if (Object.values(left).some((rows) => rows > 0))
    throw new Error(`Erasure ${number} found something left: ${JSON.stringify(left)}.`);
  const before = await tx.dataRequest.findUniqueOrThrow({ where: { id }, select: { proof: true } });
  const proof = { ...erasureProofSchema.parse(before.proof), left, searchedAt: now.toISOString() };
  await tx.dataRequest.update({ where: { id }, data: { state: "done", settledAt: now, proof: storedJson(proof) } });
  const subject = { type: "customer", id: customerHash };
  const after = { request: number, proof };
  await recordAudit(tx, { actor: systemActor, now }, { action: "customer.erased", subject, after });
}
