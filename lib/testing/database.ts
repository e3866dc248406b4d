import { randomUUID } from "node:crypto";
import pg from "pg";
import { onTestFinished } from "vitest";
import { asRole } from "../server/application-role";
import { createDatabase, type Database, type Transaction } from "../server/database";

export type TestDatabase = {
  /** As the application's role, as everything that is tested has it. */
  db: Database;
  url: string;
  ownerUrl: string;
  /** As the owner with the triggers off: brings about what no verb does, for a test to begin with or to find. */
  unprotected: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;
  drop: () => Promise<void>;
};

/** The application's role on the PostgreSQL of a test run. */
export const testRole = { name: "steward_app_test", password: "application" };

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
  const ownerUrl = databaseUrl(serverUrl, name);
  const url = asRole(ownerUrl, testRole);
  const db = createDatabase(url);
  let owner: Database | undefined;
  const unprotected: TestDatabase["unprotected"] = (work) => {
    owner ??= createDatabase(ownerUrl, 1);
    return owner.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
      return work(tx);
    });
  };
  let dropped: Promise<void> | undefined;
  const drop = () => {
    dropped ??= Promise.all([db.$disconnect(), owner?.$disconnect()]).then(() =>
      administer(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
    );
    return dropped;
  };
  dropAfterTest(drop);
  return { db, url, ownerUrl, unprotected, drop };
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
