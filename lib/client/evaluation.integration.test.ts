import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadCatalogue } from "../catalogue/server/load-catalogue";
import type { Profile } from "../rules/definition";
import { createTestKey, createWorld, serveFeed, type World } from "../testing/feed-fixture";
import { createManualClock } from "../testing/manual-clock";
import { anyProfile, anyRule } from "../testing/rule-arbitraries";
import { consumerOf } from "../testing/served-world";
import type { Client } from "./api";
import { createClient } from "./client";

const seed = Math.floor(Math.random() * 2 ** 31);
const customers = 200;
let world: World;
let feed: Awaited<ReturnType<typeof serveFeed>>;
let client: Client;
let secret: string;
let profiles: Profile[];
beforeAll(async () => {
  world = await createWorld();
  const catalogue = await loadCatalogue(world.db);
  const now = Date.now();
  profiles = fc
    .sample(anyProfile(catalogue, now), { numRuns: customers, seed })
    .map((profile, index) => ({ ...profile, id: `${profile.id}-${index}` }));
  await world.engine.upsert(profiles);
  const rules = fc.sample(anyRule(catalogue, now), { numRuns: 12, seed });
  for (const [index, rule] of rules.entries()) {
    await world.release({
      ...{ key: `segment-${index}`, rule, regions: ["eu", "us", "uk"], precedence: index % 3 },
      purposes: index % 2 === 0 ? ["marketing", "billing"] : ["billing"],
      treatments: { pool: `pool-${index}`, [`own-${index}`]: index, shared: index % 4 === 0 },
      rolloutPercent: index % 5 === 0 ? 40 : 100,
      include: profiles.slice(index, index + 3).map(({ id }) => ({ customerId: id, reason: "asked" })),
      exclude: profiles.slice(index + 3, index + 6).map(({ id }) => ({ customerId: id, reason: "asked" })),
      killed: index === 7,
    });
  }
  feed = await serveFeed(world, { customersPerSecond: 10_000 });
  ({ secret } = await createTestKey(world.ctx));
  client = createClient({ url: `${feed.url}/production`, key: secret, mode: "poll" }, createManualClock(now));
  await client.ready();
});
afterAll(async () => {
  await client.close();
  await feed.close();
  await world.close();
});

test(`says of ${customers} customers what the feed says of them, with every treatment and whom it won over (seed ${seed})`, async () => {
  const { pull } = consumerOf(feed);
  let compared = 0;
  let taken = 0;
  for (const profile of profiles) {
    const answer = await pull(`production/customers/${encodeURIComponent(profile.id)}`, secret);
    // Who resides elsewhere is nobody's to ask about.
    if (answer.status === 404) continue;
    const told = await answer.json();
    const asOf = Date.parse(told.asOf);
    expect(client.segmentsOf(profile, asOf)).toEqual(told.segments);
    expect([...client.treatmentsOf(profile, asOf).values()]).toEqual(told.treatments);
    compared += 1;
    taken += told.segments.length;
  }
  expect(compared).toBeGreaterThan(customers / 4);
  expect(taken).toBeGreaterThan(0);
});

test("an instant may be a date", () => {
  const [profile] = profiles;
  if (!profile) throw new Error("There are customers.");
  const dated = { ...profile, attributes: { ...profile.attributes, spend: new Date(5) } };
  const numbered = { ...profile, attributes: { ...profile.attributes, spend: 5 } };
  expect(client.segmentsOf(dated, 0)).toEqual(client.segmentsOf(numbered, 0));
});

test.each([
  ["no consents", { consents: undefined }],
  ["no objections", { objections: undefined }],
  ["no attributes", { attributes: null }],
  ["no id", { id: "" }],
  ["a region that is no text", { region: 5 }],
])("a customer with %s is refused, and not taken for one who agrees", (_, wrong) => {
  const given = { ...profiles[0], ...wrong };
  expect(() => Reflect.apply(client.segmentsOf, client, [given])).toThrow(
    expect.objectContaining({ code: "bad-customer" }),
  );
});
