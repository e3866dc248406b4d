import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { attributeSchema } from "../catalogue/definition";
import type { GuardedRule } from "../guards/guarded-rule";
import type { Profile } from "../rules/definition";
import { testEngines } from "../testing/engines";
import { guarded } from "../testing/guarded";
import type { Engine, MembershipChange } from "./engine";

const asOf = Date.parse("2026-11-01T00:00:00Z");
const environment = "production";

let engine: Engine;
function atLeast(level: number): GuardedRule {
  return guarded({ attribute: "level", operator: "at_least", value: level }, "eu");
}

function profile(id: string, level: number): Profile {
  return { id, region: "eu", consents: [], objections: [], attributes: { level } };
}

async function collect<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}

const membersAt = (segment: string, revision: number) => collect(engine.membersAt({ environment, segment, revision }));

type Step =
  | { readonly kind: "change"; readonly profiles: readonly Profile[] }
  | { readonly kind: "materialise"; readonly segment: string; readonly level: number | null }
  | { readonly kind: "forget"; readonly back: number };

const anyChange: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant("change" as const),
  profiles: fc.array(
    fc.tuple(fc.nat(30), fc.nat(4)).map(([id, level]) => profile(`c${id}`, level)),
    { maxLength: 12 },
  ),
});
const anyMaterialisation: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant("materialise" as const),
  segment: fc.constantFrom("r", "s"),
  level: fc.option(fc.nat(4), { freq: 6, nil: null }),
});
const anyForgetting: fc.Arbitrary<Step> = fc.record({ kind: fc.constant("forget" as const), back: fc.nat(3) });
const anyStep = fc.oneof(
  { arbitrary: anyChange, weight: 4 },
  { arbitrary: anyMaterialisation, weight: 5 },
  { arbitrary: anyForgetting, weight: 1 },
);

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
    expect(await engine.materialise({ environment, segment: "s", revision: 2, rule, asOf })).toEqual({
      ...{ entered: 5_002, left: 0 },
    });
    const sorted = [...ids, "\uffff", "C"].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(await membersAt("s", 2)).toEqual(sorted);
    expect(await membersAt("s", 1)).toEqual([]);
    expect(await engine.materialise({ environment, segment: "r", revision: 3, rule, asOf })).toMatchObject({ left: 0 });
    const emptied = { environment, segment: "r", revision: 4, rule: null, asOf };
    expect(await engine.materialise(emptied)).toEqual({ entered: 0, left: 5_002 });
    const changes = await collect(engine.changesBetween({ environment, after: 2, upTo: 4 }));
    const entry = (revision: number, change: MembershipChange["change"]) =>
      sorted.map((customerId) => ({ revision, segment: "r", customerId, change }));
    expect(changes).toEqual([...entry(3, "entered"), ...entry(4, "left")]);
  });

  test("keeps environments and segments apart", async () => {
    await engine.upsert([profile("a", 1)]);
    const line = { rule: atLeast(1), asOf };
    await engine.materialise({ ...line, environment, segment: "s", revision: 7 });
    await engine.materialise({ ...line, environment: "staging", segment: "s", revision: 3 });
    await engine.materialise({ ...line, environment, segment: "r", revision: 5 });
    expect(await membersAt("s", 6)).toEqual([]);
    expect(await collect(engine.membersAt({ environment: "staging", segment: "s", revision: 3 }))).toEqual(["a"]);
    await engine.forgetBeyond({ environment: "staging", revision: 0 });
    expect(await membersAt("s", 7)).toEqual(["a"]);
  });

  test("refuses a revision that is not later than the segment's newest, and writes nothing then", async () => {
    await engine.upsert([profile("a", 1)]);
    const at = (revision: number, rule: GuardedRule | null) =>
      engine.materialise({ environment, segment: "s", revision, rule, asOf });
    await at(5, atLeast(1));
    for (const revision of [5, 4])
      await expect(at(revision, null)).rejects.toMatchObject({ code: "conflict", reason: "revision-not-later" });
    expect(await membersAt("s", 5)).toEqual(["a"]);
  });

  test("every revision is what was true when it was written, and changes lead from one to another", {
    timeout: 30_000,
  }, async () => {
    const steps = fc.sample(fc.array(anyStep, { minLength: 80, maxLength: 80, size: "max" }), {
      seed: 7,
      numRuns: 1,
    });
    const levels = new Map<string, number>();
    /** By revision, the members of each segment; nothing is beyond the head. */
    const history: ReadonlyMap<string, ReadonlySet<string>>[] = [new Map()];
    const head = () => history.length - 1;

    for (const step of steps.flat()) {
      if (step.kind === "change") {
        for (const { id, attributes } of step.profiles) levels.set(id, Number(attributes.level));
        await engine.upsert(step.profiles);
      } else if (step.kind === "forget") {
        history.splice(Math.max(1, history.length - step.back));
        await engine.forgetBeyond({ environment, revision: head() });
      } else {
        const { level, segment } = step;
        const members = [...levels].filter(([, own]) => level !== null && own >= level).map(([id]) => id);
        const before = history.at(-1)?.get(segment) ?? new Set<string>();
        const now = new Set(members);
        const rule = level === null ? null : atLeast(level);
        const moved = await engine.materialise({ environment, segment, revision: history.length, rule, asOf });
        expect(moved).toEqual({
          entered: [...now].filter((id) => !before.has(id)).length,
          left: [...before].filter((id) => !now.has(id)).length,
        });
        history.push(new Map(history.at(-1)).set(segment, now));
      }
    }

    expect(head()).toBeGreaterThan(20);
    for (const [revision, segments] of history.entries())
      for (const segment of ["r", "s"])
        expect(await membersAt(segment, revision)).toEqual([...(segments.get(segment) ?? [])].sort());
    for (const [after, upTo] of [
      [0, head()],
      [3, 9],
      [10, head()],
      [5, 5],
    ] as const) {
      const held = new Map(["r", "s"].map((segment) => [segment, new Set(history[after]?.get(segment))]));
      for (const { segment, customerId, change } of await collect(engine.changesBetween({ environment, after, upTo })))
        if (change === "entered") held.get(segment)?.add(customerId);
        else expect(held.get(segment)?.delete(customerId)).toBe(true);
      for (const [segment, members] of held) expect(members).toEqual(history[upTo]?.get(segment) ?? new Set());
    }
  });
});
