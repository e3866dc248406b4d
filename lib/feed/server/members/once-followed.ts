import { setTimeout as wait } from "node:timers/promises";
import type { Engine } from "../../../engine/engine";
import type { MembersAt } from "../../../engine/membership-records";
import { FeedRefusal } from "../door/problems";

/**
 * Somebody moved out of the regions that are asked for, and the membership log has them there still. To name them would
 * tell of a resident elsewhere; to leave them out would lose them should they be back before the log follows.
 */
export class NotFollowedYet extends Error {
  override readonly name = "NotFollowedYet";
}

/** Throws where the log has one of these few customers as a member there, at the newest revision. */
export async function requireGone(engine: Pick<Engine, "membersAt">, of: MembersAt): Promise<void> {
  for await (const page of engine.membersAt(of)) if (page.length > 0) throw new NotFollowedYet();
}

const pauseMs = 100;
const attempts = 20;

/** The log follows within a quarter of a second, as a rule. */
export async function onceFollowed<T>(answer: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await answer();
    } catch (error) {
      if (!(error instanceof NotFollowedYet)) throw error;
      if (attempt === attempts) throw new FeedRefusal("not-followed", 1);
      await wait(pauseMs);
    }
  }
}
