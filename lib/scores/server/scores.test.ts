import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { attributeSchema } from "../../catalogue/definition";
import { createAttribute } from "../../catalogue/server/create-attribute";
import { followMembership } from "../../membership/server/follow-membership";
import { countDocument } from "../../previews/server/count-document";
import {
  changePolicy,
  createGovernance,
  documentOf,
  type Governance,
  type PersonName,
  refusal,
  released,
  testNow,
} from "../../testing/governance";
import { expireOverrides, holdOverrides } from "./hold-overrides";
import { listModels } from "./list-models";
import { measureDistributions, measureDrift } from "./measure-scores";
import { addModelVersion, registerModel } from "./models";
import { endOverride, listOverrides, overrideScore } from "./override-score";

const hours = (count: number) => new Date(testNow.getTime() + count * 3_600_000);
const days = (count: number) => hours(count * 24);

const atLeastHalf = { all: [{ attribute: "churn", operator: "at_least", value: 0.5 }] };

let world: Governance;
let touched: string[];
beforeAll(async () => {
  world = await createGovernance();
  const churn = attributeSchema.parse({
    ...{ key: "churn", name: "Churn", type: "number", source: "score", model: "churn-v1", labels: ["personal"] },
  });
  await createAttribute(world.as("author"), churn, world.engine);
  await bring(0, 400, (index) => index / 400);
  await changePolicy(world.database.db, "personal-data", { enabled: false });
  await released(world, "leaving", {
    definition: { rule: atLeastHalf },
  });
});
afterAll(() => world.close());
beforeEach(() => {
  touched = [];
});

const id = (index: number) => `c${String(index).padStart(4, "0")}`;
/** What a model says of some of the customers. */
const bring = (from: number, to: number, score: (index: number) => number) =>
  world.engine.ingest(
    {
      changes: Array.from({ length: to - from }, (_, n) => ({
        ...{ id: id(from + n), attributes: { churn: score(from + n) } },
      })),
    },
    testNow.getTime(),
  );
const scoring = () => ({
  engine: world.engine,
  touch: (customers: readonly string[]) => void touched.push(...customers),
});
const churnOf = async (index: number) => (await world.engine.get(id(index)))?.attributes.churn;
const override = (index: number, value: number | string, more = {}, by: PersonName = "operator") =>
  overrideScore(
    world.as(by),
    { customerId: id(index), attribute: "churn", value, reason: "They have told us that they stay.", ...more },
    scoring(),
  );
const hold = (customers: readonly string[] | "all" = "all") =>
  holdOverrides({ db: world.database.db, engine: world.engine, now: testNow }, customers);

describe("a score that a person said", () => {
  test("wins over the model's at once, and has membership follow", async () => {
    await override(300, 0.1);
    expect(await churnOf(300)).toBe(0.1);
    expect(touched).toEqual([id(300)]);
  });

  test("stays when the model says something else, which holds once it is ended", async () => {
    const { override: made } = await override(301, 0.1);
    await bring(301, 302, () => 0.9);
    await hold([id(301)]);
    expect(await churnOf(301)).toBe(0.1);
    await endOverride(world.as("operator"), made.id, scoring());
    expect(await churnOf(301)).toBe(0.9);
    await hold();
    expect(await churnOf(301)).toBe(0.9);
  });

  test("gives way to another one, and the model's stays what it was", async () => {
    await override(302, 0.1);
    const { override: second } = await override(302, 0.2);
    expect(await churnOf(302)).toBe(0.2);
    await endOverride(world.as("operator"), second.id, scoring());
    expect(await churnOf(302)).toBe(302 / 400);
  });

  test("ends by itself at its instant, once", async () => {
    await override(303, 0.1, { expiresAt: hours(1).toISOString() });
    const expire = expireOverrides(scoring);
    await expire(world.database.db, hours(0.5));
    expect(await churnOf(303)).toBe(0.1);
    await expire(world.database.db, hours(1));
    expect(await churnOf(303)).toBe(303 / 400);
    const { items } = await listOverrides(world.as("privacy"), id(303), world.engine);
    expect(items).toMatchObject([{ endedAt: hours(1).toISOString() }]);
  });

  test("is in the record with its reason, and its value is not where it is personal", async () => {
    const { override: made } = await override(304, 0.123);
    const entries = await world.database.db.auditEntry.findMany({
      where: { action: "score.overridden" },
      select: { after: true, subjectId: true, subjectName: true },
    });
    const entry = entries.find(({ after }) => JSON.stringify(after).includes(made.id));
    expect(entry?.after).toMatchObject({ attribute: "churn", reason: "They have told us that they stay." });
    expect(JSON.stringify(entries)).not.toContain("0.123");
    expect(JSON.stringify(entries)).not.toContain(id(304));
  });

  test("is covered for who may not see personal values", async () => {
    await override(305, 0.1);
    const { items } = await listOverrides(world.as("support"), id(305), world.engine);
    expect(items).toMatchObject([{ value: null, replaced: null, masked: true }]);
    const { items: open } = await listOverrides(world.as("privacy"), id(305), world.engine);
    expect(open).toMatchObject([{ value: 0.1, replaced: 305 / 400, masked: false }]);
  });

  test.each([
    ["by who may not", 0.1, {}, "author", "missing-permission"],
    ["of what is no score", "free", { attribute: "plan" }, "operator", "not-a-score"],
    ["of another type", "low", {}, "operator", "wrong-type"],
    ["until yesterday", 0.1, { expiresAt: days(-1).toISOString() }, "operator", "bad-expiry"],
    ["for more than a year", 0.1, { expiresAt: days(400).toISOString() }, "operator", "bad-expiry"],
    ["of a customer who is not there", 0.1, { customerId: "nobody" }, "operator", "not-found"],
  ] as const)("%s is refused", async (_case, value, more, by, reason) => {
    expect(await refusal(override(306, value, more, by))).toContain(reason);
    expect(await churnOf(306)).toBe(306 / 400);
  });

  test("of two at once one stands, and the model's is not lost", async () => {
    await Promise.all([override(307, 0.1), override(307, 0.2), override(307, 0.3)]);
    const standing = await world.database.db.scoreOverride.findMany({ where: { customerId: id(307), endedAt: null } });
    expect(standing).toHaveLength(1);
    await endOverride(world.as("operator"), standing[0]?.id ?? "", scoring());
    expect(await churnOf(307)).toBe(307 / 400);
  });
});

describe("the register", () => {
  test("says which scores are of which version, and which of none that it knows", async () => {
    await registerModel(world.as("author"), { key: "churn", name: "Churn", description: "", ownerTeam: "growth" });
    const before = await listModels(world.as("viewer"));
    expect(before.scores).toMatchObject([{ attribute: "churn", model: "churn-v1", registered: false }]);
    const version = { version: "v1", trainedAt: days(-90).toISOString(), features: ["orders"], notes: "" };
    await addModelVersion(world.as("author"), { key: "churn", ...version });
    const { items, scores } = await listModels(world.as("viewer"));
    expect(items).toMatchObject([{ key: "churn", versions: [{ version: "v1", attributes: ["churn"] }] }]);
    expect(scores).toMatchObject([{ registered: true }]);
  });

  test("takes a version once, and none that is trained later than it is registered", async () => {
    const again = addModelVersion(world.as("author"), { key: "churn", version: "v1", features: [], notes: "" });
    expect(await refusal(again)).toContain("key-taken");
    const later = { version: "v2", trainedAt: days(1).toISOString(), features: [], notes: "" };
    const refused = await refusal(addModelVersion(world.as("author"), { key: "churn", ...later }));
    expect(refused).toContain("trained-later");
  });
});

describe("drift", () => {
  const measuring = (now: Date) => ({ db: world.database.db, engine: world.engine, now });

  test("is measured against four weeks before: of the scores, and of the members of what uses them", async () => {
    const { db } = world.database;
    await measureDistributions(measuring(testNow));
    await measureDistributions(measuring(hours(1)));
    expect(await db.attributeDistribution.count()).toBe(1);
    await bring(0, 100, () => 0.95);
    await followMembership(measuring(days(29)), { cause: "data" });
    await measureDistributions(measuring(days(29)));
    await measureDrift(measuring(days(29)));
    const { scores } = await listModels(world.as("admin"));
    expect(scores[0]?.measured?.stability).toBeGreaterThan(0.25);
    expect(scores[0]?.measured).toMatchObject({ comparedWith: testNow.toISOString(), comparedModel: "churn-v1" });
    const [moved] = scores[0]?.segments ?? [];
    expect(moved).toMatchObject({ segment: "leaving" });
    expect(moved?.entered).toBeGreaterThan(30);
    const { preview } = await countDocument(db, {
      ...{ environment: "production", asOf: days(29) },
      document: documentOf("leaving", { definition: { rule: atLeastHalf } }),
    });
    expect(preview.findings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(["members-drifted", "score-drifted"]),
    );
  });
});
