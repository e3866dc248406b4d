import type { Change } from "../../lib/changes/contract";
import { proposeNewLabelPolicySchema, proposeTransferSchema } from "../../lib/changes/guard-contract";
import { decideChange } from "../../lib/changes/server/decide-change";
import { proposeNewLabelPolicy } from "../../lib/changes/server/label-policies";
import { proposeTransfer } from "../../lib/changes/server/transfers";
import type { Engine } from "../../lib/engine/engine";
import { updateConsumer } from "../../lib/feed/server/consumers/consumers";
import type { Context } from "../../lib/server/context";
import type { Database } from "../../lib/server/database";
import { type Calendar, hourMilliseconds } from "./calendar";
import { demoConsumers } from "./consumers";
import { type Cast, requireActor } from "./create-people";
import { demoLabelPolicies, demoLocations, demoTransfers } from "./house-policies";
import type { DemoPersonKey } from "./people";
import type { Moment } from "./populate";

const proposedDaysAgo = 21.55;
/** Until the second person has looked. */
const decidedAfter = 5 * hourMilliseconds;

/** Label policies and transfers, proposed by one and applied by another, and then where consumers run. */
export function houseMoments(db: Database, engine: Pick<Engine, "refresh">, cast: Cast, calendar: Calendar): Moment[] {
  const at = calendar.daysAgo(proposedDaysAgo);
  const as = (person: DemoPersonKey, instant: number): Context => ({
    ...{ db, actor: requireActor(cast, person), now: new Date(instant) },
  });
  const proposed: Change[] = [];
  const propose = async () => {
    const ctx = as("privacy", at);
    for (const each of demoLabelPolicies)
      proposed.push((await proposeNewLabelPolicy(ctx, proposeNewLabelPolicySchema.parse(each))).change);
    for (const each of demoTransfers)
      proposed.push((await proposeTransfer(ctx, proposeTransferSchema.parse(each))).change);
  };
  const decide = async () => {
    const ctx = as("admin", at + decidedAfter);
    for (const { id, seen } of proposed) await decideChange(ctx, { id, seen, decision: "apply", comment: "" }, engine);
    await locate(as("operator", at + decidedAfter));
  };
  return [
    { at, run: propose },
    { at: at + decidedAfter, run: decide },
  ];
}

async function locate(ctx: Context): Promise<void> {
  for (const { key, name, description, team, format = "tree" } of demoConsumers) {
    const location = demoLocations[key];
    if (location !== undefined) await updateConsumer(ctx, key, { name, description, team, format, location });
  }
}
