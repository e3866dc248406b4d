import { loadCatalogue } from "../../lib/catalogue/server/load-catalogue";
import { recordValues } from "../../lib/customers/server/record-arrivals";
import type { Engine } from "../../lib/engine/engine";
import { recordMemberCounts } from "../../lib/engine/server/member-counts";
import { refreshComputedAttributes } from "../../lib/events/server/refresh-attributes";
import { followMembership } from "../../lib/membership/server/follow-membership";
import { ensureEnvironments } from "../../lib/releases/server/ensure-environments";
import type { Database } from "../../lib/server/database";
import { calendarOf } from "./calendar";
import { readFeed, sendFromCrm } from "./consumer-readings";
import { countMembers } from "./count-members";
import { createCatalogue } from "./create-catalogue";
import { createConsumers } from "./create-consumers";
import { createPeople, requireActor } from "./create-people";
import { generateCustomers } from "./customers/generate-customers";
import { eventMoments } from "./event-moments";
import { houseMoments } from "./house-moments";
import { listMoments } from "./list-moments";
import { registerModels } from "./models";
import { arrivalMoments, dailyMoments, type Follow } from "./populate";
import { replayer } from "./replay";
import { settleNotices } from "./settle-notices";
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

/**
 * The demo's people, catalogue, customers, consumers and segments in an empty installation. The same seed and day
 * give the same. Throws at the first thing that a verb refuses; whoever calls it clears up and starts anew.
 */
export async function seedDemo({ db, engine, now, customers: count = 50_000, seed = 20 }: SeedOptions): Promise<void> {
  const calendar = calendarOf(now);
  const beginning = new Date(calendar.daysAgo(beginningDaysAgo));
  await ensureEnvironments(db);
  const cast = await createPeople(db, beginning);
  await createCatalogue({ db, actor: requireActor(cast, "admin"), now: beginning }, engine);
  await registerModels({ db, actor: requireActor(cast, "admin"), now: beginning });
  await createConsumers({ db, actor: requireActor(cast, "operator"), now: beginning });

  const customers = generateCustomers({ seed, count, now });
  const take = replayer(db, cast);
  const follow: Follow = async (touched, instant) => {
    await followMembership({ db, engine, now: new Date(instant) }, { cause: "data", customers: touched });
  };
  async function countOn(instant: number): Promise<void> {
    await refreshComputedAttributes(db, engine, new Date(instant));
    await countMembers(db, engine, instant);
  }
  const moments = [
    ...arrivalMoments(engine, calendar, customers, follow),
    ...dailyMoments(engine, calendar, customers, { follow, count: countOn }),
    ...eventMoments(db, engine, cast, { calendar, customers }),
    ...houseMoments(db, engine, cast, calendar),
    ...listMoments(db, cast, { calendar, customers }),
    ...allSteps({ calendar, customers }).map((step) => ({ at: step.at, run: () => take(step) })),
  ];
  for (const { run } of moments.sort((a, b) => a.at - b.at)) await run();
  await refreshComputedAttributes(db, engine, now);
  await followMembership({ db, engine, now }, { cause: "time" });
  const { attributes } = await loadCatalogue(db);
  const stored = [...attributes.values()].filter(({ source }) => source !== "computed");
  await recordValues(
    db,
    stored.map(({ key }) => key),
    now,
  );
  await recordMemberCounts({ db, engine, now });
  await sendFromCrm(db, now);
  await readFeed(db, now);
  await settleNotices(db, now);
}
