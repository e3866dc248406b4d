import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Artefact } from "../guards/artefact";
import { guardedRule, killedRule } from "../guards/guarded-rule";
import type { TransferRule } from "../guards/transfer-rule";
import { evaluate } from "../rules/evaluate";
import { expandReferences } from "../rules/references";
import { anyCatalogue, anyProfile, anyRule } from "../testing/rule-arbitraries";
import { listedCustomers, narrowArtefact, scopeName, scopeOf } from "./scope";

const asOf = Date.parse("2026-05-01T00:00:00Z");
const nobodyForeign = () => false;

function artefact(more: Partial<Artefact> = {}): Artefact {
  const rule = { attribute: "plan", operator: "is_set" as const };
  const tree = { all: [{ guard: "region" as const, regions: ["eu", "us"] }, rule] };
  return {
    key: "s",
    name: "S",
    description: "",
    version: 1,
    contentHash: "h",
    parts: { guards: [{ guard: "region", regions: ["eu", "us"] }], rule },
    tree,
    references: [],
    purposes: [{ key: "marketing", lawfulBasis: "consent" }],
    regions: ["eu", "us"],
    treatments: {},
    precedence: 0,
    exclusiveGroup: null,
    rolloutPercent: 100,
    killed: false,
    standing: null,
    ...more,
  };
}

function scope(regions: string[], purposes = ["marketing"]) {
  return scopeOf({ environment: "production", regions, purposes, location: null }, []);
}

describe("a scope holds only regions whose data may go where the consumer runs", () => {
  const regionsAt = (location: string | null, transfers: TransferRule[]) =>
    scopeOf({ environment: "production", regions: ["us", "eu", "uk"], purposes: [], location }, transfers).regions;
  const toEu = { from: "uk", to: "eu" };

  test.each([
    ["all where nobody said where it runs", null, [], ["eu", "uk", "us"]],
    ["its own", "eu", [], ["eu"]],
    ["and those that a rule lets go there", "eu", [toEu], ["eu", "uk"]],
    ["a rule for one way opens no other", "uk", [toEu], ["uk"]],
    ["nor one way after another", "us", [toEu, { from: "eu", to: "us" }], ["eu", "us"]],
    ["perhaps none", "ch", [toEu], []],
  ])("%s", (_title, location, transfers, expected) => expect(regionsAt(location, transfers)).toEqual(expected));
});

test("a scope's name does not depend on order or repetition", () => {
  expect(scopeName(scope(["us", "eu", "us"]))).toBe(scopeName(scope(["eu", "us"])));
  expect(scopeName(scope(["eu"]))).not.toBe(scopeName(scope(["us"])));
});

describe("an artefact", () => {
  test("whose regions do not meet the scope's is not told of", () =>
    expect(narrowArtefact(artefact(), scope(["uk"]), nobodyForeign)).toBeNull());
  test("whose purposes do not meet the scope's is not told of", () =>
    expect(narrowArtefact(artefact(), scope(["eu"], ["billing"]), nobodyForeign)).toBeNull());
  test("without purposes is told to nobody", () =>
    expect(narrowArtefact(artefact({ purposes: [] }), scope(["eu"]), nobodyForeign)).toBeNull());

  test("names no region, no purpose and no customer beyond the scope", () => {
    const listed = { guard: "listed" as const, entries: [{ customerId: "eu-1" }, { customerId: "us-1" }] };
    const both = artefact({
      purposes: [
        { key: "marketing", lawfulBasis: "consent" },
        { key: "billing", lawfulBasis: "contract" },
      ],
      parts: { ...artefact().parts, include: listed, exclude: listed },
      tree: {
        all: [{ guard: "region", regions: ["eu", "us"] }, { none: [listed] }, { any: [listed, artefact().parts.rule] }],
      },
    });
    const narrowed = JSON.stringify(narrowArtefact(both, scope(["eu"]), (id) => id === "us-1"));
    expect(narrowed).toContain("eu-1");
    expect(narrowed).not.toMatch(/us-1|"us"|billing/);
  });

  test("names nobody beyond the scope by a list that its rule refers to, however deep", () => {
    const entries = [{ customerId: "eu-1" }, { customerId: "us-1", expiresAt: 5 }];
    const list = { list: "vips", operator: "not_listed" as const, version: 2, entries };
    const segment = { segment: "guests", operator: "not_member" as const, version: 1, rule: { any: [list] } };
    const rule = { all: [{ none: [list] }, segment] };
    const tree = { all: [{ guard: "region" as const, regions: ["eu", "us"] }, expandReferences(rule)] };
    const full = artefact({ parts: { ...artefact().parts, rule }, tree });
    expect(new Set(listedCustomers(full).map(({ customerId }) => customerId))).toEqual(new Set(["eu-1", "us-1"]));
    const narrowed = JSON.stringify(narrowArtefact(full, scope(["eu"]), (id) => id === "us-1"));
    expect(narrowed).toContain("eu-1");
    expect(narrowed).not.toContain("us-1");
  });

  test("whose tree has no region guard at its top gets one", () => {
    const bare = artefact({ tree: { any: [{ attribute: "plan", operator: "is_set" }] } });
    expect(narrowArtefact(bare, scope(["eu"]), nobodyForeign)?.tree).toEqual({
      all: [{ guard: "region", regions: ["eu"] }, bare.tree],
    });
  });
});

test("the narrowed rule takes exactly the members who reside in the scope's regions", () => {
  const cases = anyCatalogue.chain((catalogue) =>
    fc.record({
      catalogue: fc.constant(catalogue),
      rule: anyRule(catalogue, asOf),
      profiles: fc.array(anyProfile(catalogue, asOf), { minLength: 1, maxLength: 6 }),
      regions: fc.subarray(["eu", "uk", "us"], { minLength: 1 }),
      of: fc.subarray(["eu", "uk", "us"], { minLength: 1 }),
      rollout: fc.constantFrom(100, 40),
      killed: fc.boolean(),
    }),
  );
  fc.assert(
    fc.property(cases, ({ catalogue, rule, profiles, regions, of, rollout, killed }) => {
      const include = profiles.slice(0, 1).map(({ id }) => ({ customerId: id, reason: "" }));
      const document = { key: "s", purposes: ["billing"], regions, definition: { rule, include, exclude: [] } };
      const whole = guardedRule(document, catalogue, rollout);
      const { tree, guards } = killed ? killedRule(whole) : whole;
      const full = artefact({ tree, regions, parts: { guards: [...guards], rule } });
      const narrowed = narrowArtefact(full, scope(of), nobodyForeign);
      for (const profile of profiles) {
        const expected = evaluate(tree, profile, asOf) && of.includes(profile.region ?? "");
        expect(narrowed !== null && evaluate(narrowed.tree, profile, asOf)).toBe(expected);
      }
    }),
    { numRuns: 200 },
  );
});
