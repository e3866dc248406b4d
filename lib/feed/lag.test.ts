import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isMeasured, type Lag, lagOf, type Reading, type ReadingInstance, targetSeconds } from "./lag";

const minute = 60_000;
const releases = [
  { revision: 4, at: 10 * minute },
  { revision: 9, at: 20 * minute },
  { revision: 11, at: 30 * minute },
];

function instance(more: Partial<ReadingInstance>): ReadingInstance {
  return {
    ...{ instance: "a", receivedAt: 30 * minute, activated: null, activatedAt: null },
    ...{ matches: null, refused: null, refusedAt: null, reason: null },
    ...more,
  };
}

function lag(reading: Partial<Reading>, now = 40 * minute): Lag {
  return lagOf({ targetSeconds: 120, pulled: null, instances: [], ...reading }, releases, now);
}

const pulled = (revision: number) => ({ revision, at: 29 * minute });

describe("a key's lag", () => {
  test("is counted from the oldest release that it lacks, and allowed until its target", () => {
    expect(lag({ pulled: pulled(4) }, 22 * minute)).toMatchObject({
      state: "catching-up",
      behind: { releases: 2, since: 20 * minute, newest: 11 },
    });
    expect(lag({ pulled: pulled(4) }, 22 * minute + 1).state).toBe("behind");
    expect(lag({ pulled: pulled(11) })).toMatchObject({ state: "current", behind: null });
    expect(lag({}).state).toBe("unused");
  });

  test("is what its slowest instance activated, whatever was pulled", () => {
    const slow = instance({ instance: "slow", activated: 4, activatedAt: 11 * minute });
    const quick = instance({ instance: "quick", activated: 11, activatedAt: 30 * minute });
    expect(lag({ pulled: pulled(11), instances: [quick, slow] })).toMatchObject({
      state: "behind",
      activated: { revision: 4, at: 11 * minute, instances: 2 },
    });
  });

  test("forgets an instance that has been silent while others were heard of", () => {
    const gone = instance({ instance: "gone", activated: 4, receivedAt: 19 * minute });
    const here = instance({ instance: "here", activated: 11, receivedAt: 30 * minute });
    expect(lag({ instances: [gone, here] })).toMatchObject({ state: "current", activated: { instances: 1 } });
    expect(lag({ instances: [gone] }).state).toBe("behind");
    const slowPoller = lag({ instances: [gone, here], targetSeconds: 1_200 });
    expect(slowPoller.activated).toMatchObject({ revision: 4, instances: 2 });
  });

  test("is a refusal as long as an instance has activated nothing since", () => {
    const refused = { refused: 11, refusedAt: 31 * minute, reason: "unknown operator" };
    expect(lag({ instances: [instance({ activated: 9, ...refused })] })).toMatchObject({
      state: "refused",
      refusal: { revision: 11, at: 31 * minute, instance: "a", reason: "unknown operator" },
      behind: { releases: 1 },
    });
  });

  test("says whether what is served is what was sent, where anybody knows", () => {
    const said = (...matches: (boolean | null)[]) =>
      lag({ instances: matches.map((each, n) => instance({ instance: `${n}`, activated: 11, matches: each })) })
        .matches;
    expect([said(null), said(true, null), said(true, false)]).toEqual([null, true, false]);
  });
});

describe("for whatever was pulled, said and released", () => {
  const revision = fc.integer({ min: 0, max: 20 });
  const at = fc.integer({ min: 0, max: 100 * minute });
  const instances = fc.array(
    fc.record({
      instance: fc.string(),
      receivedAt: at,
      activated: fc.option(revision),
      activatedAt: fc.option(at),
      matches: fc.option(fc.boolean()),
      refused: fc.option(revision),
      refusedAt: fc.option(at),
      reason: fc.option(fc.string()),
    }),
    { maxLength: 6 },
  );
  const reading = fc.record({
    targetSeconds: fc.integer({ min: 1, max: 3_600 }),
    pulled: fc.option(fc.record({ revision, at })),
    instances,
  });
  const released = fc
    .array(fc.tuple(revision, at), { maxLength: 8 })
    .map((pairs) => [...new Map(pairs)].map(([revision, at]) => ({ revision, at })))
    .map((all) => all.sort((a, b) => a.revision - b.revision));

  test("who holds the newest release is not behind, and who lacks one is, from its target on", () => {
    fc.assert(
      fc.property(reading, released, at, (given, all, now) => {
        const { state, activated, behind } = lagOf(given, all, now);
        const held = activated ?? given.pulled;
        const lacked = all.filter((release) => held && release.revision > held.revision);
        expect(behind?.releases ?? 0).toBe(lacked.length);
        const [oldest] = lacked;
        const late = oldest !== undefined && now - oldest.at > given.targetSeconds * 1_000;
        if (state !== "refused") expect(state === "behind").toBe(late);
      }),
    );
  });

  test("nobody catches up by waiting, and a release makes nobody less behind", () => {
    fc.assert(
      fc.property(reading, released, at, fc.nat(), (given, all, now, later) => {
        const [before, after] = [lagOf(given, all, now), lagOf(given, all, now + later)];
        if (before.state === "behind") expect(after.state).toBe("behind");
        const next = [...all, { revision: 21, at: now }];
        expect(lagOf(given, next, now).behind?.releases ?? 0).toBeGreaterThanOrEqual(before.behind?.releases ?? 0);
      }),
    );
  });

  test("when every instance says that it activated the newest, the key is current", () => {
    fc.assert(
      fc.property(reading, released, at, (given, all, now) => {
        const newest = all.at(-1)?.revision ?? 0;
        const settled = { activated: newest, refused: null, refusedAt: null, reason: null };
        const everyone = [...given.instances, instance({})].map((each) => ({ ...each, ...settled }));
        expect(lagOf({ ...given, instances: everyone }, all, now)).toMatchObject({ state: "current", behind: null });
      }),
    );
  });
});

test("a stream's target is 5 seconds, a poller's twice its interval", () => {
  expect([targetSeconds("stream", 60), targetSeconds("poll", 60)]).toEqual([5, 120]);
});

describe("a key is measured", () => {
  const now = new Date("2026-05-01T00:00:00Z");
  const key = { rights: ["definitions"], revokedAt: null, expiresAt: null };
  const cases: [title: string, key: Parameters<typeof isMeasured>[0], replaced: boolean, measured: boolean][] = [
    ["that holds definitions", key, false, true],
    ["that holds members", { ...key, rights: ["members"] }, false, true],
    ["that only asks for customers", { ...key, rights: ["customers", "receipts"] }, false, false],
    ["that was revoked", { ...key, revokedAt: now }, false, false],
    ["that has expired", { ...key, expiresAt: now }, false, false],
    ["that expires", { ...key, expiresAt: new Date(now.getTime() + 1) }, false, true],
    ["whose successor has pulled", key, true, false],
  ];
  test.each(cases)("%s", (_, given, replaced, measured) => {
    expect(isMeasured(given, replaced, now)).toBe(measured);
  });
});
