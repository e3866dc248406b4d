import { embeddedAccess } from "./application-role";
import { claimDataFolder } from "./data-folder";
import { createDatabase, type Database } from "./database";
import { findEmbeddedPostgres, startEmbeddedPostgres } from "./postgres";
import { settings } from "./settings";

/** Gives a command the installation's database: the running server's, or one started for as long as it takes. */
export async function withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const { databaseUrl, dataFolder } = settings();
  if (databaseUrl) return connected(databaseUrl, work);
  const running = await findEmbeddedPostgres(dataFolder);
  if (running) return connected((await embeddedAccess(running, dataFolder)).url, work);
  const folder = await claimDataFolder(dataFolder, "the command line");
  const postgres = await startEmbeddedPostgres({ dataFolder });
  try {
    return await connected((await embeddedAccess(postgres.url, dataFolder)).url, work);
  } finally {
    await postgres.stop();
    await folder.release();
  }
}

async function connected<T>(url: string, work: (db: Database) => Promise<T>): Promise<T> {
  const db = createDatabase(url, 2);
  try {
    return await work(db);
  } finally {
    await db.$disconnect();
  }
}
