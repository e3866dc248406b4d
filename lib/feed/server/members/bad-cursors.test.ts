import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { followMembership } from "../../../membership/server/follow-membership";
import { createTestKey, serveFeed, type World } from "../../../testing/feed-fixture";
import { consumerOf, createServedWorld } from "../../../testing/served-world";
import { openStream } from "../../../testing/stream-reader";
import { writeCursor } from "../../cursor";
import { type Scope, scopeName } from "../../scope";
import { membersOfPage } from "./members";

const cursors = Number(process.env.STEWARD_CURSORS ?? 1_000);
const seed = 20_261_122;
const environment = "production";
const scope: Scope = { environment, regions: ["us"], purposes: ["billing", "marketing"] };
const callNames = ["changes", "members", "stream"] as const;
type CallName = (typeof callNames)[number];

let world: World;
let feed: Awaited<ReturnType<typeof serveFeed>>;
let secret: string;
let head: number;
const valid = new Map<CallName, string>();
const expired = new Map<CallName, string>();
beforeAll(async () => {
  world = await createServedWorld();
  const changes = Array.from({ length: membersOfPage + 1 }, (_, n) => ({
    ...{ id: `m${String(n).padStart(5, "0")}`, region: "us" },
    attributes: { plan: "free" },
  }));
  await world.engine.ingest({ changes }, 0);
  await follow();
  feed = await serveFeed(world, { pagesPerSecond: 1_000_000, requestsPerSecond: 1_000_000 });
  const rights = ["members" as const, "definitions" as const];
  ({ secret } = await createTestKey(world.ctx, { rights, regions: [...scope.regions] }));
  await given(expired);
  await world.engine.ingest({ changes: [{ id: "m00000", region: "us", attributes: { plan: null } }] }, 0);
  await follow();
  ({ revision: head } = await world.db.environment.findUniqueOrThrow({ where: { key: environment } }));
  await world.engine.compact({ environment, upTo: head });
  while ((await (await consumerOf(feed).pull(`${environment}/head`, secret)).json()).revision < head);
  await given(valid);
});
afterAll(async () => {
  await feed.close();
  await world.close();
});

const follow = () => followMembership({ db: world.db, engine: world.engine, now: world.ctx.now }, { cause: "data" });

/** Cursors as the calls give them now. */
async function given(by: Map<CallName, string>): Promise<void> {
  const { pull } = consumerOf(feed);
  const members = await (await pull(`${environment}/segments/only-us/members`, secret)).json();
  by.set("members", members.next);
  const changes = await (await pull(`${environment}/changes?after=${members.revision}`, secret)).json();
  by.set("changes", changes.next).set("stream", changes.next);
}

async function asked(call: CallName, cursor: string): Promise<Record<string, unknown>> {
  if (call === "stream") {
    const stream = await openStream(`${feed.url}/${environment}/stream`, secret, { "last-event-id": cursor });
    if (stream.status !== 200) return JSON.parse(await stream.body());
    stream.close();
    return { status: 200 };
  }
  const given = encodeURIComponent(cursor);
  const path = call === "changes" ? `changes?after=${given}` : `segments/only-us/members?cursor=${given}`;
  const response = await consumerOf(feed).pull(`${environment}/${path}`, secret);
  return { ...(await response.json()), status: response.status };
}

const aboutOf = { changes: "changes for", stream: "changes for", members: "members of only-us for" };
const otherAbouts = [
  ...[
    { ...scope, regions: ["eu"] },
    { ...scope, environment: "staging" },
    { ...scope, purposes: ["billing"] },
  ].flatMap((other) => Object.values(aboutOf).map((call) => `${call} ${scopeName(other)}`)),
  ...["members of both for", "definitions for", ""].map((call) => `${call} ${scopeName(scope)}`),
];

/** A cursor that is none of this call's, and why. */
function badCursor(call: CallName): fc.Arbitrary<{ why: string; cursor: string }> {
  const [now = "", before = ""] = [valid.get(call), expired.get(call)];
  const about = `${aboutOf[call]} ${scopeName(scope)}`;
  const place = call === "members" ? { revision: head, after: "" } : { revision: head };
  const because = (why: string, cursor: fc.Arbitrary<string>) => cursor.map((text) => ({ why, cursor: text }));
  const other = call === "members" ? "changes" : "members";
  return fc.oneof(
    because("expired", fc.constantFrom(before, ...(call === "members" ? [] : [String(head - 1), "0"]))),
    because(
      "future",
      fc.integer({ min: 1, max: 1_000_000 }).map((more) => writeCursor(about, { ...place, revision: head + more })),
    ),
    because(
      "of something else",
      fc.constantFrom(valid.get(other) ?? "", ...otherAbouts.map((a) => writeCursor(a, place))),
    ),
    because(
      "garbage",
      fc.string({ unit: fc.constantFrom(...'abXY19-_=+/.{}[]" ,') }).filter((text) => !/^\d*$/.test(text.trim())),
    ),
    because(
      "cut",
      fc.integer({ min: 0, max: now.length - 1 }).map((length) => now.slice(0, length)),
    ),
    because(
      "bit flipped",
      fc
        .tuple(fc.nat(now.length - 1), fc.nat(6))
        .map(([at, bit]) => now.slice(0, at) + String.fromCharCode(now.charCodeAt(at) ^ (1 << bit)) + now.slice(at + 1))
        .filter((text) => /^[\x21-\x7e]*$/.test(text)),
    ),
    because(
      "of wrong types",
      fc.oneof(
        fc.json().map((text) => Buffer.from(text).toString("base64url")),
        fc
          .jsonValue()
          .filter((value) => typeof value !== "object" || value === null || !("revision" in value))
          .map((value) => writeCursor(about, value)),
        fc
          .constantFrom<unknown>(-1, 0.5, "1", null, [], 1e300)
          .map((revision) => writeCursor(about, { ...place, revision })),
      ),
    ),
  );
}

test("a bad cursor is refused, or told where to begin anew, by every call: never an empty answer", {
  timeout: 60_000 + cursors * 200,
}, async () => {
  for (const call of callNames) expect(await asked(call, valid.get(call) ?? ""), call).toMatchObject({ status: 200 });
  const cases = fc.sample(
    fc.constantFrom(...callNames).chain((call) => badCursor(call).map((bad) => ({ call, ...bad }))),
    { numRuns: cursors, seed },
  );
  const seen = new Map<string, number>();
  const waiting = cases.values();
  const askSome = async () => {
    for (const { call, why, cursor } of waiting) {
      const answer = await asked(call, cursor);
      const kind = `${why}: ${answer.status}`;
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
      if (answer.status === 410) expect(answer).toMatchObject({ snapshot: `/feed/v1/${environment}/segments` });
      else expect([answer.status, call, why, cursor].join(" ")).toMatch(/^400 /);
    }
  };
  await Promise.all(Array.from({ length: 4 }, askSome));
  expect([...seen.keys()].sort()).toEqual([
    ...["bit flipped: 400", "cut: 400", "expired: 410", "future: 400", "garbage: 400"],
    ...["of something else: 400", "of wrong types: 400"],
  ]);
});
