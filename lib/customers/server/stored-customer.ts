import { z } from "zod";
import type { Database, Transaction } from "../../server/database";

const tracesSchema = z.record(z.string(), z.int());

/** How many rows of the record name a customer, by place. */
export async function customerTraces(db: Database | Transaction, customer: string): Promise<Record<string, number>> {
  const [row] = await db.$queryRaw<{ traces: unknown }[]>`SELECT "customerTraces"(${customer}) AS "traces"`;
  return tracesSchema.parse(row?.traces);
}

/** Puts the keyed hash in the place of the id in documents, artefacts and lists. Refused but for an open erasure. */
export async function hideCustomer(tx: Transaction, customer: string, hash: string): Promise<void> {
  await tx.$executeRaw`SELECT "hideCustomer"(${customer}, ${hash})`;
}
