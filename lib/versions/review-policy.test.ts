import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Role } from "../access/permissions";
import type { Ask } from "./approval-policy";
import { type CastVerdict, type ReviewedContent, type Reviewer, tally } from "./review-policy";

function person(id: string, roles: readonly Role[], more: Partial<Reviewer> = {}): Reviewer {
  return { id, subject: null, roles, team: null, disabled: false, ...more };
}

const content: ReviewedContent = {
  state: "in_review",
  contentHash: "h",
  reviewCycle: 1,
  ownerTeam: "growth",
  author: person("author", ["author"]),
  contributors: [],
};

function approval(reviewer: Reviewer, more: Partial<CastVerdict> = {}): CastVerdict {
  const of = { contentHash: "h", reviewCycle: 1, voidedBy: null };
  return { id: `by ${reviewer.id}`, reviewer, verdict: "approve", ...of, ...more };
}

function ask(role: Ask["role"], count: number, ownerTeam = false): Ask {
  return { role, count, ownerTeam, because: ["P"] };
}

describe("places and people", () => {
  test("one person fills one place, whatever roles they hold", () => {
    const all = person("all", ["reviewer", "privacy", "operator"]);
    const asks = [ask("reviewer", 1), ask("privacy", 1)];
    expect(tally([approval(all)], content, asks).complete).toBe(false);
    expect(tally([approval(all), approval(person("r", ["reviewer"]))], content, asks).complete).toBe(true);
    expect(tally([approval(all), approval(person("p", ["privacy"]))], content, asks).complete).toBe(true);
  });

  test("a place for the owning team is filled by its people only", () => {
    const asks = [ask("reviewer", 1, true)];
    expect(tally([approval(person("a", ["reviewer"], { team: "pricing" }))], content, asks).complete).toBe(false);
    expect(tally([approval(person("a", ["reviewer"]))], { ...content, ownerTeam: null }, asks).complete).toBe(false);
    expect(tally([approval(person("a", ["reviewer"], { team: "growth" }))], content, asks).complete).toBe(true);
  });

  test("an approval of a role that is not asked for fills nothing", () => {
    const [filled] = tally([approval(person("o", ["operator"]))], content, [ask("reviewer", 1)]).asks;
    expect(filled?.given).toEqual([]);
  });

  test("as many places are filled as people could fill in any order", () => {
    const role = fc.constantFrom<Ask["role"]>("reviewer", "privacy", "operator");
    const people = fc.array(
      fc.record({
        roles: fc.uniqueArray(role, { minLength: 1, maxLength: 3 }),
        team: fc.constantFrom("growth", "pricing", null),
      }),
      { maxLength: 6 },
    );
    const asked = fc.array(fc.record({ role, count: fc.integer({ min: 1, max: 2 }), ownerTeam: fc.boolean() }), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(people, asked, (given, wanted) => {
        const asks = wanted.map(({ role: each, count, ownerTeam }) => ask(each, count, ownerTeam));
        const verdicts = given.map(({ roles, team }, index) => approval(person(`p${index}`, roles, { team })));
        const result = tally(verdicts, content, asks);
        const filled = result.asks.flatMap((each) => each.given);
        expect(new Set(filled).size).toBe(filled.length);
        expect(filled.length).toBe(mostFilled(asks, verdicts));
      }),
      { numRuns: 300 },
    );
  });
});

/** By trying every way. */
function mostFilled(asks: readonly Ask[], verdicts: readonly CastVerdict[]): number {
  const places = asks.flatMap((each) => Array.from({ length: each.count }, () => each));
  const from = (place: number, left: readonly CastVerdict[]): number => {
    const wanted = places[place];
    if (!wanted) return 0;
    const able = left.filter(
      ({ reviewer }) => reviewer.roles.includes(wanted.role) && (!wanted.ownerTeam || reviewer.team === "growth"),
    );
    const seated = able.map(
      (each) =>
        1 +
        from(
          place + 1,
          left.filter((other) => other !== each),
        ),
    );
    return Math.max(from(place + 1, left), ...seated);
  };
  return from(0, verdicts);
}

describe("a verdict does not count", () => {
  const reviewer = person("r", ["reviewer"], { subject: "idp|1" });
  const asks = [ask("reviewer", 1)];
  test.each<[string, CastVerdict, Partial<ReviewedContent>, string]>([
    ["of the author", approval(person("author", ["author", "reviewer"])), {}, "the author"],
    ["of a contributor", approval(reviewer), { contributors: [reviewer] }, "contributed since the live version"],
    [
      "of a second account of a contributor's subject",
      approval(person("twin", ["reviewer"], { subject: "idp|1" })),
      { contributors: [reviewer] },
      "a second account of someone who contributed",
    ],
    ["of a disabled account", approval({ ...reviewer, disabled: true }), {}, "the account is disabled"],
    [
      "of someone who lost the role",
      approval({ ...reviewer, roles: ["viewer"] }),
      {},
      "no longer holds a role that reviews",
    ],
    ["on another content", approval(reviewer, { contentHash: "x" }), {}, "given on an earlier content"],
    ["of another round", approval(reviewer, { reviewCycle: 0 }), {}, "given in an earlier round of review"],
    [
      "on what has changed since",
      approval(reviewer, { voidedBy: "List vips has a version 2 now." }),
      {},
      "List vips has a version 2 now.",
    ],
  ])("%s", (_, verdict, change, why) => {
    const result = tally([verdict], { ...content, ...change }, asks);
    expect(result.complete).toBe(false);
    expect(result.whyNot.get(verdict.id)).toBe(why);
  });

  test("twice by one voice, and the last one is it", () => {
    const first = approval(reviewer);
    const second = approval(person("twin", ["reviewer"], { subject: "idp|1" }), { id: "later" });
    const result = tally([first, second], content, [ask("reviewer", 2)]);
    expect(result.complete).toBe(false);
    expect(result.whyNot.get(first.id)).toBe("replaced by a later verdict");
  });
});

test("a standing request for changes keeps approvals from being complete", () => {
  const doubt = approval(person("p", ["privacy"]), { verdict: "request_changes" });
  expect(tally([approval(person("r", ["reviewer"])), doubt], content, [ask("reviewer", 1)]).complete).toBe(false);
});
