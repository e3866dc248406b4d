import { PrismaPg } from "@prisma/adapter-pg";
import type { Prisma } from "./prisma/client";
import { PrismaClient } from "./prisma/client";
import { processSingleton } from "./process-singleton";

export type Database = PrismaClient;

/** What a verb works on inside `database.$transaction`. */
export type Transaction = Prisma.TransactionClient;

const processDatabase = processSingleton<Database>("the database");

/** Writers take turns at a segment and at the audit's head, so a transaction may wait for those before it. */
const transactionOptions = { maxWait: 20_000, timeout: 30_000 };

export function createDatabase(url: string, maxConnections = 10): Database {
  const adapter = new PrismaPg({ connectionString: url, max: maxConnections });
  return new PrismaClient({ adapter, transactionOptions });
}

/** The database of this process; server.ts opens it before anything is served. */
export function database(): Database {
  return processDatabase.require();
}

export function openDatabase(url: string): Database {
  const opened = createDatabase(url);
  processDatabase.set(opened);
  return opened;
}

export async function closeDatabase(): Promise<void> {
  const opened = processDatabase.find();
  processDatabase.clear();
  await opened?.$disconnect();
}

/** True for the violation of a unique constraint, whichever copy of Prisma's runtime threw it. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "P2002";
}
