import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { z } from "zod";
import type { Database } from "./database";

/** What a data folder was made as: with the demo's people, customers and segments, or empty. */
export const installationKinds = ["demo", "empty"] as const;
export type InstallationKind = (typeof installationKinds)[number];

const settingKey = "installation";
const installationSchema = z.object({ kind: z.enum(installationKinds), complete: z.boolean() });

/** What lies in the data folder whatever is installed; all else belongs to the engine and the feed. */
const ofTheProcess = /^(lock|lock-holder|postgres|session-secret|signing-key)([.-].*)?$/;

/** The installation as it was completed, or null when there is none yet. */
export async function findInstallation(db: Database): Promise<InstallationKind | null> {
  const found = await readInstallation(db);
  return found?.complete ? found.kind : null;
}

/**
 * True when a process was killed while it installed the demo. Nobody can have signed in to such a half, so it is
 * wiped and made again.
 */
export async function isHalfInstalled(db: Database): Promise<boolean> {
  return (await readInstallation(db))?.complete === false;
}

/** Empties the database and what the engine kept; the migrations are to be applied again. */
export async function wipeInstallation(databaseUrl: string, dataFolder: string): Promise<void> {
  for (const name of await readdir(dataFolder)) {
    if (!ofTheProcess.test(name)) await rm(join(dataFolder, name), { recursive: true, force: true });
  }
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  } finally {
    await client.end();
  }
}

/** Installs once: marks the start, runs `seed`, marks the end. */
export async function install(db: Database, kind: InstallationKind, seed: () => Promise<void>): Promise<void> {
  await writeInstallation(db, { kind, complete: false });
  if (kind === "demo") await seed();
  await writeInstallation(db, { kind, complete: true });
}

async function readInstallation(db: Database) {
  const row = await db.setting.findUnique({ where: { key: settingKey } });
  return row ? installationSchema.parse(row.value) : null;
}

async function writeInstallation(db: Database, value: z.infer<typeof installationSchema>): Promise<void> {
  await db.setting.upsert({ where: { key: settingKey }, create: { key: settingKey, value }, update: { value } });
}
