import { hash } from "node:crypto";
import { join } from "node:path";
import { attributeSchema, catalogueOf } from "../../lib/catalogue/definition";
import { openDuckDbEngine } from "../../lib/engine/server/duckdb-engine";
import type { Artefact } from "../../lib/guards/artefact";
import { createFollower } from "../../lib/membership/server/follower";
import { artefactOf } from "../../lib/releases/artefact-of";
import type { Rule } from "../../lib/rules/definition";
import { segmentDocumentSchema } from "../../lib/segments/document";
import { createDatabase } from "../../lib/server/database";
import { startThrowawayPostgres } from "../../lib/server/throwaway-postgres";
import { releaseArtefacts } from "../../lib/testing/release-artefacts";
import { deployMigrations } from "../../prisma/migrate";

export const environment = "production";

const attributes = [
  { key: "plan", name: "Plan", type: "string" },
  { key: "country", name: "Country", type: "string" },
  { key: "spend", name: "Spend", type: "number", unit: "EUR" },
  { key: "orders", name: "Orders", type: "number" },
  { key: "tags", name: "Tags", type: "string_set" },
].map((attribute) => attributeSchema.parse(attribute));

const catalogue = catalogueOf({
  attributes,
  purposes: [{ key: "service", name: "Service", description: "", lawfulBasis: "contract" }],
  regions: ["eu", "us"].map((key) => ({ key, name: key, description: "" })),
});

const plans = ["free", "plus", "premium", "business"];
const countries = ["de", "fr", "nl", "es", "us"];

/** Segments as a company has them: some conditions each, with a treatment. The first one takes half of all customers. */
function artefacts(count: number): Artefact[] {
  return Array.from({ length: count }, (_, n) => {
    const few: Rule = {
      all: [
        { attribute: "plan", operator: "in", value: plans.slice(n % 3) },
        { any: [spendsAtLeast(50 * n), { attribute: "orders", operator: "at_least", value: n }] },
        { attribute: "country", operator: "not_in", value: countries.slice(0, n % 4) },
      ],
    };
    const document = segmentDocumentSchema.parse({
      ...{ key: `segment-${n}`, name: `Segment ${n}`, purposes: ["service"], regions: ["eu", "us"] },
      owner: { team: "growth", person: "bench@x.test" },
      description: "Customers who are worth a pool of their own.",
      definition: { rule: n === 0 ? spendsAtLeast(500) : few },
      ...{ treatments: { pool: n % 2 === 0 ? "standard" : "reserved" }, precedence: n },
    });
    return artefactOf(document, { version: 1, contentHash: `hash-${n}`, rolloutPercent: 100 }, catalogue);
  });
}

function spendsAtLeast(value: number): Rule {
  return { attribute: "spend", operator: "at_least", value };
}

export type FeedWorld = {
  readonly databaseUrl: string;
  readonly engineFile: string;
  /** Of a key with every right, for both regions. */
  readonly secret: string;
  stop(): Promise<void>;
};

/** A PostgreSQL with released segments and a key, and customers whose membership is in the log. */
export async function createFeedWorld(
  home: string,
  { segments, customers }: { readonly segments: number; readonly customers: number },
): Promise<FeedWorld> {
  const postgres = await startThrowawayPostgres();
  await deployMigrations(postgres.url);
  const owner = createDatabase(postgres.url, 1);
  const engineFile = join(home, "customers.duckdb");
  const engine = await openDuckDbEngine(engineFile);
  await engine.addAttributes(attributes);
  for (let from = 0; from < customers; from += 20_000)
    await engine.upsert(Array.from({ length: Math.min(20_000, customers - from) }, (_, n) => customer(from + n)));
  await owner.attribute.createMany({ data: attributes.map((attribute) => ({ ...attribute })) });
  await owner.region.createMany({ data: [...catalogue.regions.values()] });
  await owner.purpose.createMany({ data: [...catalogue.purposes.values()] });
  await releaseArtefacts(owner, { environment, artefacts: artefacts(segments), createdAt: new Date() });
  const secret = `stw_${"f".repeat(43)}`;
  const { id: consumerId } = await owner.consumer.create({ data: { key: "gateway", name: "Gateway" } });
  const scope = { environmentKey: environment, regions: ["eu", "us"], purposes: ["service"] };
  const rights = ["definitions", "members", "customers", "receipts"];
  const kept = { hash: hash("sha256", secret, "hex"), hint: secret.slice(0, 8) };
  await owner.consumerKey.create({ data: { ...scope, rights, ...kept, consumerId } });
  const db = createDatabase(postgres.url, 2);
  const follower = createFollower({ db, engine });
  follower.touch("all", "start");
  await follower.settled();
  await follower.close();
  await engine.close();
  await Promise.all([db.$disconnect(), owner.$disconnect()]);
  return { databaseUrl: postgres.url, engineFile, secret, stop: postgres.stop };
}

function customer(n: number) {
  return {
    ...{
      id: `customer-${String(n).padStart(8, "0")}`,
      region: n % 3 === 0 ? "us" : "eu",
      consents: [],
      objections: [],
    },
    attributes: {
      ...{ plan: plans[n % 4] ?? "free", country: countries[n % 5] ?? "de", spend: (n * 7) % 1_000, orders: n % 60 },
      tags: n % 9 === 0 ? ["vip"] : [],
    },
  };
}
