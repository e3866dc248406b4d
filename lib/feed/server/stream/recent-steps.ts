import type { ChangePlace } from "../../change-place";

/** What leads a reader from one place to the next; no frame where their scope is told nothing. */
export type Step = {
  readonly from: string;
  readonly to: string;
  readonly place: ChangePlace;
  readonly frame: Buffer | null;
};

export type RecentSteps = {
  behind(cursor: string): Step | undefined;
  add(step: Step): void;
  /** Called every second: steps are known for one to two of them. */
  age(): void;
  clear(): void;
};

const bytesAtMost = 1_048_576;

/**
 * The last steps of a hub, for a reader who comes while it goes on. They are not kept for longer: whom they name may
 * move away or be erased, and whoever comes back later is not to be told of them.
 */
export function recentSteps(): RecentSteps {
  let before = new Map<string, Step>();
  let now = new Map<string, Step>();
  let bytes = 0;

  function clear(): void {
    [before, now, bytes] = [new Map(), new Map(), 0];
  }

  return {
    clear,
    behind: (cursor) => now.get(cursor) ?? before.get(cursor),
    add(step) {
      bytes += step.frame?.length ?? 0;
      if (bytes > bytesAtMost) clear();
      now.set(step.from, step);
    },
    age() {
      [before, now, bytes] = [now, new Map(), 0];
    },
  };
}
