import type { Engine } from "../../lib/engine/engine";
import { recordMemberCounts } from "../../lib/engine/server/member-counts";
import type { Database } from "../../lib/server/database";
import { type Calendar, calendarOf } from "./calendar";
import { createCatalogue } from "./create-catalogue";
import { createConsumers } from "./create-consumers";
import { createPeople, requireActor } from "./create-people";
import { generateCustomers } from "./customers/generate-customers";
import { replayer } from "./replay";
import { allSteps } from "./stories/all-stories";

export type SeedOptions = {
  readonly db: Database;
  /** The engine of the process: the verbs count with that one. */
  readonly engine: Engine;
  readonly now: Date;
  readonly customers?: number;
  readonly seed?: number;
};

const beginningDaysAgo = 440;
const trendDays = 30;

/**
 * The demo's people, catalogue, customers, consumers and segments in an empty installation. The same seed and day
 * give the same. Throws at the first thing that a verb refuses; whoever calls it clears up and starts anew.
 */
export async function seedDemo({ db, engine, now, customers: count = 50_000, seed = 20 }: SeedOptions): Promise<void> {
  const calendar = calendarOf(now);
  const at = (daysAgo: number) => new Date(calendar.daysAgo(daysAgo));
  await createEnvironments(db);
  const cast = await createPeople(db, at(beginningDaysAgo));
  await createCatalogue({ db, actor: requireActor(cast, "admin"), now: at(beginningDaysAgo - 2) }, engine);
  const customers = generateCustomers({ seed, count, now });
  await engine.upsert(customers);
  await createConsumers({ db, actor: requireActor(cast, "operator"), now: at(beginningDaysAgo - 12) });
  const take = replayer(db, cast);
  const counts = countingInstants(calendar);
  for (const step of allSteps({ calendar, customers })) {
    while (counts[0] !== undefined && counts[0] < step.at) await countMembers(counts.shift());
    await take(step);
  }
  while (counts.length > 0) await countMembers(counts.shift());
  await recordMemberCounts({ db, engine, now });

  /** What is live on that day, counted at that instant over the customers of today. */
  async function countMembers(instant: number | undefined): Promise<void> {
    if (instant !== undefined) await recordMemberCounts({ db, engine, now: new Date(instant) });
  }
}

/** Late on each day before today, oldest first. */
function countingInstants(calendar: Calendar): number[] {
  return Array.from({ length: trendDays - 1 }, (_, index) => calendar.daysAgo(trendDays - 1 - index - 23 / 24));
}

async function createEnvironments(db: Database): Promise<void> {
  await db.environment.createMany({
    data: [
      { key: "staging", name: "Staging", position: 1, approvalsRequired: 0 },
      { key: "production", name: "Production", position: 2, approvalsRequired: 1 },
    ],
  });
}
