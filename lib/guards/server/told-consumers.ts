import { z } from "zod";
import { readFormats } from "../../rules/formats";
import type { Database, Transaction } from "../../server/database";
import type { FormatReader } from "../format-findings";
import type { Destination } from "../label-findings";

export type ToldConsumer = FormatReader & Destination;

const consumersSchema = z.array(
  z.object({ key: z.string(), name: z.string(), format: z.enum(readFormats), location: z.string().nullable() }),
);

/** Of keys that are told anything; one that only sends is not. */
export const toldByRight = { rights: { hasSome: ["definitions", "members", "customers"] } };

/** The consumers whom an environment tells of a segment: those with a key whose regions and purposes meet its own. */
export async function listToldConsumers(
  db: Database | Transaction,
  environment: string,
  { regions, purposes }: { readonly regions: readonly string[]; readonly purposes: readonly string[] },
): Promise<ToldConsumer[]> {
  const told = {
    ...{ environmentKey: environment, revokedAt: null, ...toldByRight },
    ...{ regions: { hasSome: [...regions] }, purposes: { hasSome: [...purposes] } },
  };
  const rows = await db.consumer.findMany({
    where: { keys: { some: told } },
    select: { key: true, name: true, format: true, locationKey: true },
    orderBy: { name: "asc" },
  });
  return consumersSchema.parse(rows.map(({ locationKey: location, ...row }) => ({ ...row, location })));
}
