import { describe, expect, test } from "vitest";
import { alertChanges, troublesOf } from "./alert-changes";
import type { Lag } from "./lag";

function lag(more: Partial<Lag>): Lag {
  return {
    ...{ state: "current", targetSeconds: 5, activated: null, matches: null, behind: null, refusal: null },
    ...more,
  };
}
const behind = (since: number, newest = 9) => lag({ state: "behind", behind: { releases: 2, since, newest } });
const refused = (at: number) =>
  lag({ state: "refused", refusal: { revision: at, at, instance: "a", reason: `reason ${at}` } });

describe("what is wrong with a consumer", () => {
  test("is the key that is behind for longest, and the newest refusal", () => {
    expect(troublesOf([behind(5, 7), lag({}), behind(3, 8), refused(1), refused(2)])).toEqual([
      { kind: "behind", revision: 8, detail: "It lacks 2 releases." },
      { kind: "refused", revision: 2, detail: "reason 2" },
    ]);
  });

  test("is nothing while it catches up", () => {
    expect(troublesOf([lag({ state: "catching-up", behind: { releases: 1, since: 0, newest: 3 } })])).toEqual([]);
  });
});

describe("alerts", () => {
  const [trouble] = troublesOf([behind(3)]);
  const [later] = troublesOf([behind(3, 12)]);
  if (!trouble || !later) throw new Error("who is behind is in trouble");
  const open = [{ id: "1", ...trouble }];

  test("are raised once, follow what they are about, and end with it", () => {
    expect(alertChanges([], [trouble])).toEqual({ raise: [trouble], update: [], end: [] });
    expect(alertChanges(open, [trouble])).toEqual({ raise: [], update: [], end: [] });
    expect(alertChanges(open, [later])).toEqual({ raise: [], update: [{ id: "1", ...later }], end: [] });
    expect(alertChanges(open, [])).toEqual({ raise: [], update: [], end: open });
  });

  test("of one kind leave those of the other alone", () => {
    const [refusal] = troublesOf([refused(4)]);
    expect(refusal && alertChanges(open, [refusal])).toEqual({ raise: [refusal], update: [], end: open });
  });
});
