import { getEngine } from "../../engine/server/engine-instance";
import { refreshSlid } from "../../events/server/refresh-attributes";
import type { Job } from "../../jobs/job";
import { dependsOnTime } from "../../rules/depends-on-time";
import { followMembership } from "./follow-membership";

/** What time alone changes: windows that slid, conditions that look back or ahead from now, entries that expire. */
export const followClock: Job = async (db, now) => {
  const engine = getEngine();
  const customers = await refreshSlid({ db, engine, now });
  if (customers.length > 0) await followMembership({ db, engine, now }, { cause: "time", customers });
  await followMembership({ db, engine, now }, { cause: "time", only: ({ tree }) => dependsOnTime(tree) });
};
