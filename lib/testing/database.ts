import { randomUUID } from "node:crypto";
import pg from "pg";
import { onTestFinished } from "vitest";
import { createDatabase, type Database } from "../server/database";

export type TestDatabase = { db: Database; url: string; drop: () => Promise<void> };

declare module "vitest" {
  interface ProvidedContext {
    databaseServerUrl: string;
    templateDatabase: string;
  }
}

/**
 * A database of its own with every migration applied and no rows, on the PostgreSQL of the test run.
 * Call it in `beforeAll` and its `drop` in `afterAll`, or inside one test, where it is dropped by itself.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { inject } = await import("vitest");
  const serverUrl = inject("databaseServerUrl");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await administer(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${inject("templateDatabase")} STRATEGY WAL_LOG`);
  const url = databaseUrl(serverUrl, name);
  const db = createDatabase(url);
  let dropped: Promise<void> | undefined;
  const drop = () => {
    dropped ??= db.$disconnect().then(() => administer(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    return dropped;
  };
  dropAfterTest(drop);
  return { db, url, drop };
}

export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

export async function administer(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function dropAfterTest(drop: () => Promise<void>): void {
  try {
    onTestFinished(drop);
  } catch {
    // Outside a test, as in beforeAll: whoever made it drops it, and the run's end does otherwise.
  }
}
