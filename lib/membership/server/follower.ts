import { setTimeout as wait } from "node:timers/promises";
import type { Engine } from "../../engine/engine";
import { refreshCustomers } from "../../events/server/refresh-attributes";
import type { Database } from "../../server/database";
import { log } from "../../server/log";
import { processSingleton } from "../../server/process-singleton";
import type { MembershipCause } from "../cause";
import { areNone, byCause, joinTouches, noTouches, type Touches, touchesOf } from "../touches";
import { followFromStart } from "./follow-from-start";
import { followMembership } from "./follow-membership";

export type Follower = {
  /** Has these customers looked at soon: within a quarter of a second, together with whoever else is touched by then. */
  touch(customers: readonly string[] | "all", cause: MembershipCause): void;
  /** Settles when everybody who has been touched was looked at. */
  settled(): Promise<void>;
  /** Ends what runs. Whoever is left is looked at by the next start. */
  close(): Promise<void>;
};

export type FollowerEngine = Pick<
  Engine,
  "materialise" | "forgetBeyond" | "refresh" | "compact" | "newestLogged" | "floor"
>;

type FollowerDependencies = {
  readonly db: Database;
  readonly engine: FollowerEngine;
  readonly now?: () => Date;
  /** What must hold of those who were touched before membership follows them. */
  readonly prepare?: (customers: readonly string[] | "all") => Promise<void>;
  /** How long touches are gathered, in milliseconds. */
  readonly gatherMs?: number;
};

const gatherAtMostMs = 250;
const longestRetryMs = 10_000;

/**
 * Follows whoever is touched, one batch after another. What is computed from events is computed anew for them first. A
 * batch that fails is tried again with whoever came meanwhile, ever more slowly; following twice changes nothing.
 */
export function createFollower(dependencies: FollowerDependencies): Follower {
  const { db, engine, now = () => new Date(), prepare, gatherMs = gatherAtMostMs } = dependencies;
  const closing = new AbortController();
  let waiting: Touches = noTouches;
  let running: Promise<void> | undefined;

  async function followSome(touches: Touches): Promise<void> {
    const customers = [...touches.customers.keys()];
    await prepare?.(customers);
    await refreshCustomers(db, engine, now(), { customers, signal: closing.signal });
    for (const each of byCause(touches)) await followMembership({ db, engine, now: now() }, each);
  }

  /** Whoever is touched while everybody is looked at does not wait for the end of it. */
  async function followWaiting(): Promise<void> {
    const { all, customers } = waiting;
    if (customers.size === 0) return;
    waiting = { all, customers: new Map() };
    try {
      await followSome({ all: null, customers });
    } catch (error) {
      waiting = joinTouches({ all: null, customers }, waiting);
      throw error;
    }
  }

  async function follow(touches: Touches): Promise<void> {
    const { all: cause, customers } = touches;
    if (cause !== null) {
      await prepare?.("all");
      const following = { db, engine, now: now() };
      if (cause === "start") await followFromStart({ ...following, between: followWaiting });
      else await followMembership(following, { cause, between: followWaiting });
    }
    if (customers.size > 0) await followSome(touches);
  }

  async function run(): Promise<void> {
    let failures = 0;
    while (!areNone(waiting) && !closing.signal.aborted) {
      await wait(failures === 0 ? gatherMs : Math.min(gatherMs * 2 ** failures, longestRetryMs), undefined, {
        signal: closing.signal,
      }).catch(() => undefined);
      if (closing.signal.aborted) return;
      const batch = waiting;
      waiting = noTouches;
      try {
        await follow(batch);
        failures = 0;
      } catch (error) {
        if (closing.signal.aborted) return;
        failures += 1;
        waiting = joinTouches(batch, waiting);
        log.error({ err: error, failures }, "membership could not follow what changed; it is tried again");
      }
    }
  }

  return {
    touch(customers, cause) {
      if (closing.signal.aborted) return;
      waiting = joinTouches(waiting, touchesOf(customers, cause));
      if (areNone(waiting)) return;
      running ??= run().finally(() => {
        running = undefined;
      });
    },
    settled: async () => {
      while (running) await running;
    },
    close: async () => {
      closing.abort(new Error("Membership is no longer followed."));
      await running;
    },
  };
}

const processFollower = processSingleton<Follower>("the follower of membership");

/** One for the process; server.ts makes it before anything is served. */
export function openFollower(dependencies: FollowerDependencies): Follower {
  const follower = createFollower(dependencies);
  processFollower.set(follower);
  return { ...follower, close: () => follower.close().finally(processFollower.clear) };
}

export function getFollower(): Follower {
  return processFollower.require();
}

/** None in a process that serves nobody: whom it touches, the next start looks at. */
export function findFollower(): Follower | undefined {
  return processFollower.find();
}
