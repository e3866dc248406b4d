import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { followMembership } from "../../membership/server/follow-membership";
import { callFeed, everyFeedCall, type FeedAnswer, type FeedCall } from "../../testing/feed-crawl";
import { createTestKey, createWorld, serveFeed, type World } from "../../testing/feed-fixture";
import { onPlan } from "../../testing/served-world";
import { keyRights } from "../contract";

/** Every call of the feed, with a key for each choice of regions, over customers of each residence and who moved. */
const regions = ["eu", "us", "uk"] as const;
const residences = [...regions, "nowhere"] as const;
const idsOf = (residence: string) => [1, 2, 3].map((number) => `lives-${residence}-${number}`);
const everybody = residences.flatMap(idsOf);
/** Resided in the first and resides in the second. */
const movers = { "moved-eu-us": ["eu", "us"], "moved-us-uk": ["us", "uk"], "moved-uk-away": ["uk", null] } as const;
const segments = ["all-regions", "only-eu", "only-us", "by-hand"];
const rights = [...keyRights];
const choices = [["eu"], ["us"], ["uk"], ["eu", "us"], ["eu", "uk"], ["us", "uk"], [...regions]];

let world: World;
let feed: Awaited<ReturnType<typeof serveFeed>>;
let calls: readonly FeedCall[];

beforeAll(async () => {
  world = await createWorld();
  await world.engine.upsert(
    residences.flatMap((residence) =>
      idsOf(residence).map((id) => ({
        ...{ id, consents: ["marketing"], objections: [], attributes: { plan: "pro", spend: 10 } },
        ...(residence === "nowhere" ? {} : { region: residence }),
      })),
    ),
  );
  const listed = everybody.map((customerId) => ({ customerId, reason: "asked" }));
  await world.release({ key: "all-regions", rule: onPlan, regions: [...regions] });
  await world.release({ key: "only-eu", rule: onPlan, regions: ["eu"] });
  await world.release({ key: "only-us", rule: onPlan, regions: ["us"], include: listed });
  await world.release({ key: "by-hand", rule: onPlan, regions: [...regions], include: listed, exclude: listed });
  const revisions = [await headNow()];
  for (const at of [0, 1]) {
    const changes = Object.entries(movers).map(([id, places]) => ({
      ...{ id, region: places[at] ?? null, attributes: { plan: "pro" } },
    }));
    await world.engine.ingest({ changes }, 0);
    await followMembership({ db: world.db, engine: world.engine, now: world.ctx.now }, { cause: "data" });
    revisions.push(await headNow());
  }
  feed = await serveFeed(world);
  const customers = [...everybody, ...Object.keys(movers)];
  calls = await everyFeedCall(feed.url, { environment: "production", segments, customers, revisions });
});
afterAll(async () => {
  await feed.close();
  await world.close();
});

async function headNow(): Promise<number> {
  return (await world.db.environment.findUniqueOrThrow({ where: { key: "production" } })).revision;
}

/** Now, by where they live. */
const idsIn = (residence: string) => [
  ...idsOf(residence),
  ...Object.entries(movers).flatMap(([id, [, place]]) => ((place ?? "nowhere") === residence ? [id] : [])),
];

/** Without who leaves by moving out of the key's regions: whoever asks from when they lived there is told to let them go. */
function withoutFarewells(text: string, chosen: readonly string[]): string {
  const away = Object.entries(movers).filter(([, [from, to]]) => chosen.includes(from) && !chosen.includes(to ?? ""));
  return away.reduce((rest, [id]) => rest.replaceAll(`"id":"${id}","change":"left"`, ""), text);
}

describe.each(choices.map((chosen) => ({ chosen, name: chosen.join(" and ") })))("a key of $name", ({ chosen }) => {
  test("is told of no customer who resides elsewhere or nowhere, by no call", async () => {
    const { secret } = await createTestKey(world.ctx, { regions: chosen, rights });
    const foreign = residences.filter((residence) => !chosen.includes(residence)).flatMap(idsIn);
    const told: FeedAnswer[] = [];
    for (const call of calls) told.push(await callFeed(feed.url, call, secret));
    const naming = told.filter(({ text }) => foreign.some((id) => withoutFarewells(text, chosen).includes(id)));
    expect(naming.map(({ address }) => address)).toEqual([]);
    const looks = told.filter(({ address }) => address.includes("/customers/"));
    const found = looks.filter(({ status }) => status === 200).map(({ address }) => address.split("/").at(-1));
    expect(found.sort()).toEqual(chosen.flatMap(idsIn).sort());
    expect([...new Set(told.map(({ status }) => status))].sort()).toEqual([200, 202, 400, 404]);
    expect(told.filter(({ status, address }) => status === 404 && !/\/(customers|segments)\//.test(address))).toEqual(
      [],
    );
    const members = told.filter(({ address }) => address.endsWith("all-regions/members"));
    for (const { text } of members) for (const id of chosen.flatMap(idsIn)) expect(text).toContain(id);
    const bundle = told.find(({ address }) => address.endsWith("/bundle"));
    for (const id of chosen.flatMap(idsOf)) expect(bundle?.text).toContain(id);
  });
});
