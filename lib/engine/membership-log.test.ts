import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { attributeSchema } from "../catalogue/definition";
import { type GuardedRule, guardedRule } from "../guards/guarded-rule";
import type { Profile } from "../rules/definition";
import { testEngines } from "../testing/engines";
import type { Engine } from "./engine";
import type { Materialisation, MembershipChange } from "./membership-records";

const asOf = Date.parse("2026-11-01T00:00:00Z");
const environment = "production";
const segments = ["r", "s"] as const;
const regions = ["eu", "us"] as const;

let engine: Engine;
/** Whom the rule takes among those who reside anywhere. */
function atLeast(level: number): GuardedRule {
  const definition = {
    rule: { attribute: "level", operator: "at_least" as const, value: level },
    include: [],
    exclude: [],
  };
  return guardedRule({ key: "segment", purposes: [], regions: [...regions], definition }, { purposes: new Map() });
}

function profile(id: string, level: number, region = "eu"): Profile {
  return { id, region, consents: [], objections: [], attributes: { level } };
}

async function collect<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}

type MembersAt = Parameters<Engine["membersAt"]>[0];
const membersAt = (segment: string, revision: number, more: Partial<MembersAt> = {}) =>
  collect(engine.membersAt({ environment, segment, revision, ...more }));
const materialise = (
  revision: number,
  segment: string,
  rule: GuardedRule | null,
  more: Partial<Materialisation> = {},
) => engine.materialise({ environment, revision, asOf, cause: "release", segments: [{ segment, rule }], ...more });

type Step =
  | { readonly kind: "change"; readonly profiles: readonly Profile[] }
  | {
      readonly kind: "materialise";
      readonly levels: Readonly<Record<string, number | null>>;
      readonly only: readonly string[] | null;
    }
  | { readonly kind: "forget"; readonly back: number }
  | { readonly kind: "compact"; readonly back: number };

const anyId = fc.nat(30).map((id) => `c${id}`);
const anyChange: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant("change" as const),
  profiles: fc.array(
    fc.tuple(anyId, fc.nat(4), fc.constantFrom(...regions)).map((given) => profile(...given)),
    { maxLength: 12 },
  ),
});
const anyMaterialisation: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant("materialise" as const),
  levels: fc
    .subarray([...segments], { minLength: 1 })
    .chain((some) =>
      fc.tuple(...some.map((segment) => fc.tuple(fc.constant(segment), fc.option(fc.nat(4), { freq: 6, nil: null })))),
    )
    .map((levels) => Object.fromEntries(levels)),
  only: fc.option(fc.array(anyId, { maxLength: 15 }), { nil: null }),
});
const anyForgetting: fc.Arbitrary<Step> = fc.record({ kind: fc.constant("forget" as const), back: fc.nat(3) });
const anyCompacting: fc.Arbitrary<Step> = fc.record({ kind: fc.constant("compact" as const), back: fc.nat(30) });
const anyStep = fc.oneof(
  { arbitrary: anyChange, weight: 8 },
  { arbitrary: anyMaterialisation, weight: 12 },
  { arbitrary: anyForgetting, weight: 2 },
  { arbitrary: anyCompacting, weight: 1 },
);

/** Where each member of a segment resided when they entered. */
type Members = ReadonlyMap<string, string>;

describe.each(Object.entries(testEngines))("the membership log in %s", { timeout: 60_000 }, (_, open) => {
  beforeEach(async () => {
    engine = await open();
    await engine.addAttributes([attributeSchema.parse({ key: "level", name: "Level", type: "number" })]);
  });
  afterEach(() => engine.close());

  test("gives members in code point order and changes by revision, segment and id, in pages", async () => {
    const ids = Array.from({ length: 5_000 }, (_, n) => (n % 2 === 0 ? `c${n}` : `\u{1f600}${n}`));
    await engine.upsert([...ids, "\uffff", "C"].map((id) => profile(id, 1)));
    const rule = atLeast(1);
    expect(await materialise(2, "s", rule)).toEqual({ entered: 5_002, left: 0, relocated: 0 });
    const sorted = [...ids, "\uffff", "C"].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(await membersAt("s", 2)).toEqual(sorted);
    expect(await membersAt("s", 2, { after: sorted[10] ?? "", limit: 5 })).toEqual(sorted.slice(11, 16));
    expect(await membersAt("s", 1)).toEqual([]);
    expect(await materialise(3, "r", rule)).toMatchObject({ left: 0 });
    expect(await materialise(4, "r", null, { cause: "data" })).toMatchObject({ entered: 0, left: 5_002 });
    const changes = await collect(engine.changesBetween({ environment, after: 2, upTo: 4 }));
    const entry = (revision: number, change: MembershipChange["change"], cause: string) =>
      sorted.map((customerId) => ({ revision, segment: "r", customerId, change, cause }));
    expect(changes).toEqual([...entry(3, "entered", "release"), ...entry(4, "left", "data")]);
  });

  test("keeps environments and segments apart", async () => {
    await engine.upsert([profile("a", 1)]);
    await materialise(7, "s", atLeast(1));
    await materialise(3, "s", atLeast(1), { environment: "staging" });
    await materialise(5, "r", atLeast(1));
    expect(await membersAt("s", 6)).toEqual([]);
    expect(await membersAt("s", 3, { environment: "staging" })).toEqual(["a"]);
    await engine.forgetBeyond({ environment: "staging", revision: 0 });
    expect(await membersAt("s", 7)).toEqual(["a"]);
    expect(await engine.newestLogged(environment)).toBe(7);
    expect(await engine.newestLogged("staging")).toBe(0);
  });

  test("refuses a revision that is not later than each segment's newest, and writes nothing then", async () => {
    await engine.upsert([profile("a", 1)]);
    await materialise(5, "s", atLeast(1));
    for (const revision of [5, 4]) {
      const both = ["r", "s"].map((segment) => ({ segment, rule: null }));
      await expect(materialise(revision, "s", null, { segments: both })).rejects.toMatchObject({
        ...{ code: "conflict", reason: "revision-not-later" },
      });
    }
    expect(await membersAt("s", 5)).toEqual(["a"]);
  });

  test("tells the line of one customer with its causes, and nothing of a move to another region", async () => {
    await engine.upsert([profile("a", 1), profile("b", 1)]);
    await materialise(1, "s", atLeast(1));
    await engine.upsert([profile("a", 1, "us")]);
    expect(await materialise(2, "s", atLeast(1), { cause: "data" })).toEqual({ entered: 0, left: 0, relocated: 1 });
    await materialise(3, "s", null, { cause: "time", customers: ["a"] });
    const line = [
      { revision: 1, segment: "s", change: "entered", cause: "release" },
      { revision: 3, segment: "s", change: "left", cause: "time" },
    ];
    expect(await engine.membershipsOf(environment, "a")).toEqual(line);
    expect(await engine.membershipsOf(environment, "b")).toEqual(line.slice(0, 1));
    expect(await engine.membershipsOf(environment, "c")).toEqual([]);
  });

  test("every revision is what was true when it was written, and changes lead from one to another", {
    timeout: 30_000,
  }, async () => {
    const steps = fc.sample(fc.array(anyStep, { minLength: 100, maxLength: 100, size: "max" }), {
      seed: 7,
      numRuns: 1,
    });
    const known = new Map<string, Profile>();
    /** By revision, the members of each segment; nothing is beyond the head. */
    const history: ReadonlyMap<string, Members>[] = [new Map()];
    const head = () => history.length - 1;
    let floor = 0;

    for (const step of steps.flat()) {
      if (step.kind === "change") {
        for (const each of step.profiles) known.set(each.id, each);
        await engine.upsert(step.profiles);
      } else if (step.kind === "forget") {
        history.splice(Math.max(floor + 1, history.length - step.back));
        await engine.forgetBeyond({ environment, revision: head() });
      } else if (step.kind === "compact") {
        const upTo = Math.max(0, head() - step.back);
        await engine.compact({ environment, upTo });
        floor = Math.max(floor, upTo);
      } else {
        const { levels, only } = step;
        const next = new Map(history.at(-1));
        const moved = { entered: 0, left: 0, relocated: 0 };
        for (const [segment, level] of Object.entries(levels)) {
          const before: Members = next.get(segment) ?? new Map();
          const now = new Map(only === null ? [] : [...before].filter(([id]) => !only.includes(id)));
          for (const { id, region = "", attributes } of known.values())
            if (level !== null && Number(attributes.level) >= level && (only?.includes(id) ?? true))
              now.set(id, region);
          for (const [id, region] of now) {
            if (!before.has(id)) moved.entered += 1;
            else if (before.get(id) !== region) moved.relocated += 1;
          }
          moved.left += [...before.keys()].filter((id) => !now.has(id)).length;
          next.set(segment, now);
        }
        const rules = Object.entries(levels).map(([segment, level]) => {
          return { segment, rule: level === null ? null : atLeast(level) };
        });
        const some = only === null ? {} : { customers: only };
        expect(await materialise(history.length, "", null, { segments: rules, ...some })).toEqual(moved);
        history.push(next);
      }
    }

    expect(head()).toBeGreaterThan(20);
    expect(floor).toBeGreaterThan(0);
    expect(await engine.floor(environment)).toBe(floor);
    for (const [revision, held] of history.entries())
      for (const segment of revision < floor ? [] : segments) {
        const members = [...(held.get(segment) ?? [])].sort();
        expect(await membersAt(segment, revision)).toEqual(members.map(([id]) => id));
        const inUs = members.filter(([, region]) => region === "us").map(([id]) => id);
        expect(await membersAt(segment, revision, { regions: ["us"] })).toEqual(inUs);
      }
    const spans = [
      [floor, head()],
      [floor, floor + 6],
      [floor + 5, head()],
      [floor + 5, floor + 5],
    ] as const;
    for (const [after, upTo] of spans)
      for (const segment of segments) {
        const [was, is] = [history[after]?.get(segment), history[upTo]?.get(segment)].map((held) => [
          ...(held?.keys() ?? []),
        ]);
        expect(await engine.turnover({ environment, segment, after, upTo })).toEqual({
          before: was?.length,
          entered: is?.filter((id) => !was?.includes(id)).length,
          left: was?.filter((id) => !is?.includes(id)).length,
        });
      }
    for (const [after, upTo] of spans)
      for (const told of [[...regions], ["us"]]) {
        const toldOf = (revision: number, segment: string) =>
          new Set([...(history[revision]?.get(segment) ?? [])].flatMap(([id, at]) => (told.includes(at) ? [id] : [])));
        const held = new Map(segments.map((segment) => [segment as string, toldOf(after, segment)]));
        const changes = engine.changesBetween({ environment, after, upTo, regions: told });
        for (const { segment, customerId, change } of await collect(changes))
          if (change === "entered") held.get(segment)?.add(customerId);
          else expect(held.get(segment)?.delete(customerId)).toBe(true);
        for (const [segment, members] of held) expect(members).toEqual(toldOf(upTo, segment));
      }
  });
});
