import type { Database } from "../../server/database";

const environments = [
  { key: "staging", name: "Staging", position: 1 },
  { key: "production", name: "Production", position: 2 },
] as const;

/** Every installation has these two; one that is there already is left as it is. */
export async function ensureEnvironments(db: Database): Promise<void> {
  await db.environment.createMany({ data: [...environments], skipDuplicates: true });
}
