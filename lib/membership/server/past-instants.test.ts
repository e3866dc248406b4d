import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CustomerEvent } from "../../engine/customer-records";
import { refreshComputedAttributes } from "../../events/server/refresh-attributes";
import { guardedRuleOfArtefact } from "../../guards/guarded-rule";
import { listLiveArtefacts } from "../../guards/server/live-artefacts";
import { createWorld } from "../../testing/feed-fixture";
import { invoiceLine, readInvoiceLines, retailAttributes, retailRules } from "../../testing/online-retail";
import { realData } from "../../testing/real-data";
import { followTime } from "./follow-clock";
import { createFollower } from "./follower";

const environment = "production";
const region = "uk";
const dayMs = 86_400_000;
const customersAtOnce = 25_000;

/** Lines as those of Online Retail are, of few customers. */
const generatedLines: CustomerEvent[] = fc
  .sample(
    fc.tuple(
      fc.nat(60),
      fc.nat(350),
      fc.nat(900),
      fc.constantFrom("85123A", "22423", "other"),
      fc.constantFrom("Germany", "United Kingdom", "France"),
      fc.integer({ min: -90, max: 400 }),
    ),
    { numRuns: 1_500, seed: 7 },
  )
  .map(([customer, day, invoice, stock_code, country, amount], line) => ({
    ...{ id: String(line), customerId: `c${customer}`, type: invoiceLine.key, at: Date.UTC(2011, 0, 1) + day * dayMs },
    properties: { invoice: String(invoice), stock_code, country, amount, cancelled: amount < 0 },
  }));

/** Streams the lines in their order, with the clock as it was then, and looks back to so many instants. */
async function expectPastInstants(lines: readonly CustomerEvent[], instants: number): Promise<void> {
  const world = await createWorld();
  const { db, engine } = world;
  await db.eventType.create({ data: { ...invoiceLine, properties: [...invoiceLine.properties] } });
  await db.attribute.createMany({ data: retailAttributes.map(({ attribute }) => attribute) });
  await engine.addAttributes(retailAttributes.map(({ attribute }) => attribute));
  await engine.addEventTypes([invoiceLine]);
  for (const [id, rule] of Object.entries(retailRules))
    await world.release({ key: id.toLowerCase(), rule, regions: [region] });

  const events = [...lines].sort((a, b) => a.at - b.at);
  const cuts = fc.sample(fc.nat(events.length - 1), { numRuns: instants, seed: 20_261_121 });
  /** An instant is whole: what happened at it has come. */
  const wholeAt = (cut: number) => events.findLastIndex(({ at }) => at === events[cut]?.at);
  const ends = [...new Set([...cuts.map(wholeAt), events.length - 1])].sort((a, b) => a - b);
  let now = new Date((events[0]?.at ?? 0) - dayMs);
  await refreshComputedAttributes(db, engine, now);
  const follower = createFollower({ db, engine, now: () => now, gatherMs: 0 });
  const known = new Set<string>();
  const past: { readonly at: Date; readonly revision: number; readonly known: ReadonlySet<string> }[] = [];
  let from = 0;
  for (const end of ends) {
    for (; from <= end; from += customersAtOnce) {
      const batch = events.slice(from, Math.min(end + 1, from + customersAtOnce));
      now = new Date(batch.at(-1)?.at ?? 0);
      const fresh = [...new Set(batch.map(({ customerId }) => customerId))].filter((id) => !known.has(id));
      for (const id of fresh) known.add(id);
      const changes = fresh.map((id) => ({ id, region }));
      follower.touch((await engine.ingest({ changes, events: batch }, now.getTime())).touched, "events");
    }
    from = end + 1;
    await follower.settled();
    await followTime({ db, engine, now });
    const { revision } = await db.environment.findUniqueOrThrow({ where: { key: environment } });
    past.push({ at: now, revision, known: new Set(known) });
  }

  const live = await listLiveArtefacts(db, environment);
  let members = 0;
  for (const { at, revision, known } of past) {
    await engine.refresh(retailAttributes, at.getTime());
    for (const { artefact } of live) {
      const counted = await collect(engine.members(guardedRuleOfArtefact(artefact), at.getTime()));
      const logged = await collect(engine.membersAt({ environment, segment: artefact.key, revision }));
      expect(logged, `${artefact.key} at ${at.toISOString()}`).toEqual(counted.filter((id) => known.has(id)));
      members += logged.length;
    }
  }
  expect(members).toBeGreaterThan(instants);
  await follower.close();
  await world.close();
}

async function collect(pages: AsyncIterable<readonly string[]>): Promise<string[]> {
  const ids: string[] = [];
  for await (const page of pages) ids.push(...page);
  return ids;
}

describe("membership at random past instants is a fresh count as of then", () => {
  test("of few customers who bought as those of Online Retail did", { timeout: 120_000 }, () =>
    expectPastInstants(generatedLines, 30),
  );

  const { title, isThere, dataset } = realData("online-retail", "of Online Retail, streamed in the order of time");
  test.skipIf(!isThere)(title, { timeout: 300_000 }, async () => {
    await expectPastInstants(await readInvoiceLines(dataset), 20);
  });
});
