import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compile } from "../../../rules/evaluate";
import { createTestKey, createWorld, serveFeed, type World } from "../../../testing/feed-fixture";
import { openFeatureOf } from "../../../testing/flagd-provider";
import { anyCatalogue, anyProfile, anyRule } from "../../../testing/rule-arbitraries";
import { runCelExpression } from "../../../testing/rule-runners";
import { consumerOf } from "../../../testing/served-world";
import { celBundleSchema, flagdBundleSchema } from "../../wire";

const asOf = Date.UTC(2026, 4, 1);
const seed = 6;
const [catalogue] = fc.sample(anyCatalogue, { numRuns: 1, seed });
if (!catalogue) throw new Error("There is one.");
const rules = fc.sample(anyRule(catalogue, asOf), { numRuns: 12, seed });
const [rule] = rules;
if (!rule) throw new Error("There are twelve.");

let world: World;
let feed: Awaited<ReturnType<typeof serveFeed>>;

beforeAll(async () => {
  world = await createWorld();
  const purposes = ["billing", "marketing"];
  for (const [index, each] of rules.entries()) await world.release({ key: `rule-${index}`, rule: each, purposes });
  const include = [{ customerId: "c_1", reason: "asked" }];
  const exclude = [{ customerId: "c_2", reason: "asked" }];
  await world.release({ key: "by-hand", rule, include, exclude });
  await world.release({ key: "in-part", rule, rolloutPercent: 25 });
  await world.release({ key: "killed", rule, killed: true });
  await world.release({ key: "archived", rule, standing: { state: "archived", notice: "Gone." } });
  feed = await serveFeed(world);
});
afterAll(async () => {
  await feed.close();
  await world.close();
});

test("OpenFeature with flagd, and a CEL reader, make of the bundles that are served what the tree says", async () => {
  const { secret } = await createTestKey(world.ctx);
  const pull = async (query: string) => (await consumerOf(feed).pull(`production/bundle${query}`, secret)).text();
  const { segments } = await consumerOf(feed).bundleOf(secret);
  const document = await pull("?format=flagd");
  const flags = flagdBundleSchema.parse(JSON.parse(document));
  const cel = celBundleSchema.parse(JSON.parse(await pull("?format=cel"))).segments;

  const said = segments.map(({ key }) => key).filter((key) => key !== "in-part");
  expect(segments).toHaveLength(16);
  expect(Object.keys(flags.flags).sort()).toEqual(said.toSorted());
  expect(flags.cannotSay).toEqual({
    "in-part": [{ path: expect.any(String), message: expect.stringContaining("25 %") }],
  });
  expect(cel.flatMap(({ key, expression }) => (expression === undefined ? [] : [key]))).toEqual(said);

  const evaluate = await openFeatureOf(document);
  const readers = cel.flatMap(({ key, expression }) => {
    const tree = segments.find((segment) => segment.key === key)?.rule;
    return tree && expression !== undefined ? [{ key, is: compile(tree), byCel: runCelExpression(expression) }] : [];
  });
  await fc.assert(
    fc.asyncProperty(anyProfile(catalogue, asOf), async (profile) => {
      for (const { key, is, byCel } of readers) {
        const isMember = is(profile, asOf);
        const byFlagd = await evaluate(key, profile, asOf);
        expect([key, byCel(profile, asOf), byFlagd.value]).toEqual([key, isMember, isMember]);
      }
    }),
    { numRuns: 60 },
  );
});
