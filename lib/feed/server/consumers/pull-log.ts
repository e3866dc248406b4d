import type { Database } from "../../../server/database";
import { log } from "../../../server/log";

export type PullLog = {
  /** Up to which revision a key was told: of what is released by its bundle, and of members by changes. */
  note: (keyId: string, revision: number) => void;
  close: () => Promise<void>;
};

const flushIntervalMs = 3_000;

/** What each key pulled last, written down in batches: a pull itself costs the database nothing. */
export function createPullLog(db: Database, now: () => number): PullLog {
  let noted = new Map<string, { at: number; revision: number }>();

  async function flush(): Promise<void> {
    if (noted.size === 0) return;
    const batch = noted;
    noted = new Map();
    const entries = [...batch];
    await db.$executeRaw`
      UPDATE "ConsumerKey" AS k
      SET "lastPulledAt" = to_timestamp(p."at" / 1000.0), "lastPulledRevision" = greatest(k."lastPulledRevision", p."revision")
      FROM unnest(
        ${entries.map(([id]) => id)}::text[],
        ${entries.map(([, { at }]) => at)}::float8[],
        ${entries.map(([, { revision }]) => revision)}::int[]
      ) AS p("id", "at", "revision")
      WHERE k."id" = p."id" AND (k."lastPulledAt" IS NULL OR k."lastPulledAt" < to_timestamp(p."at" / 1000.0))`;
  }

  const timer = setInterval(() => {
    flush().catch((error: unknown) => log.warn({ err: error }, "the last pulls could not be written down"));
  }, flushIntervalMs);
  timer.unref();

  return {
    note(keyId, revision) {
      const known = noted.get(keyId);
      if (known) {
        known.at = now();
        known.revision = Math.max(known.revision, revision);
      } else {
        noted.set(keyId, { at: now(), revision });
      }
    },
    async close() {
      clearInterval(timer);
      await flush().catch(() => undefined);
    },
  };
}
