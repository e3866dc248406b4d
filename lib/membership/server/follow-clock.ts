import type { Engine } from "../../engine/engine";
import { getEngine } from "../../engine/server/engine-instance";
import { refreshSlid } from "../../events/server/refresh-attributes";
import type { Job } from "../../jobs/job";
import { dependsOnTime } from "../../rules/depends-on-time";
import { type Following, followMembership } from "./follow-membership";
import type { LogEngine } from "./revision-line";

type TimeEngine = LogEngine & Pick<Engine, "refresh" | "slid">;

/** What time alone changes: windows that slid, conditions that look back or ahead from now, entries that expire. */
export async function followTime(following: Following<TimeEngine>): Promise<void> {
  const customers = await refreshSlid(following);
  if (customers.length > 0) await followMembership(following, { cause: "time", customers });
  await followMembership(following, { cause: "time", only: ({ tree }) => dependsOnTime(tree) });
}

export const followClock: Job = (db, now) => followTime({ db, engine: getEngine(), now });
