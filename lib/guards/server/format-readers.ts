import { z } from "zod";
import { readFormats } from "../../rules/formats";
import type { Database, Transaction } from "../../server/database";
import type { FormatReader } from "../format-findings";

const readersSchema = z.array(z.object({ name: z.string(), format: z.enum(readFormats) }));

/** The consumers whom an environment tells of a segment: those with a key whose regions and purposes meet its own. */
export async function listFormatReaders(
  db: Database | Transaction,
  environment: string,
  { regions, purposes }: { readonly regions: readonly string[]; readonly purposes: readonly string[] },
): Promise<FormatReader[]> {
  const told = {
    ...{ environmentKey: environment, revokedAt: null },
    ...{ regions: { hasSome: [...regions] }, purposes: { hasSome: [...purposes] } },
  };
  const rows = await db.consumer.findMany({
    where: { keys: { some: told } },
    select: { name: true, format: true },
    orderBy: { name: "asc" },
  });
  return readersSchema.parse(rows);
}
