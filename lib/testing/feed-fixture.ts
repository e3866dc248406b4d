import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import type { z } from "zod";
import type { Actor } from "../access/actor";
import { catalogueOf } from "../catalogue/definition";
import { type DuckDbEngine, openDuckDbEngine } from "../engine/server/duckdb-engine";
import type { createKeySchema } from "../feed/contract";
import { createFeedApp } from "../feed/http";
import { createKey } from "../feed/server/consumers/consumer-keys";
import { createConsumer } from "../feed/server/consumers/consumers";
import type { FeedDependencies } from "../feed/server/feed";
import type { Artefact } from "../guards/artefact";
import { guardedRule, killedRule, tombstoneRule } from "../guards/guarded-rule";
import type { Rule } from "../rules/definition";
import type { ReadFormat } from "../rules/formats";
import type { DocumentStanding, ListEntry } from "../segments/document";
import type { Context } from "../server/context";
import type { Database } from "../server/database";
import { createTestDatabase, type TestDatabase } from "./database";

export const testActor: Actor = {
  id: "00000000-0000-7000-8000-000000000001",
  email: "admin@x.test",
  name: "Admin",
  team: null,
  roles: ["admin", "operator", "support", "privacy"],
  via: "session",
};

const catalogue = catalogueOf({
  purposes: [
    { key: "marketing", name: "Marketing", lawfulBasis: "consent", description: "" },
    { key: "billing", name: "Billing", lawfulBasis: "contract", description: "" },
  ],
  regions: ["eu", "us", "uk"].map((key) => ({ key, name: key.toUpperCase(), description: "" })),
  attributes: [
    { key: "plan", name: "Plan", type: "string", description: "", source: "stored", labels: [] },
    { key: "spend", name: "Spend", type: "number", description: "", source: "stored", labels: [], unit: "EUR" },
    { key: "email", name: "E-mail", type: "string", description: "", source: "stored", labels: ["personal"] },
  ],
});

export type ReleasedSegment = {
  key: string;
  rule: Rule;
  regions?: string[];
  purposes?: string[];
  treatments?: Artefact["treatments"];
  precedence?: number;
  rolloutPercent?: number;
  include?: ListEntry[];
  exclude?: ListEntry[];
  killed?: boolean;
  standing?: DocumentStanding;
  environment?: string;
};

export type World = Awaited<ReturnType<typeof createWorld>>;

/** A database and an engine with a catalogue, two environments and a person in them. */
export async function createWorld() {
  const database = await createTestDatabase();
  const { db, url, drop } = database;
  const folder = await mkdtemp(join(tmpdir(), "steward-world-"));
  const engine = await openDuckDbEngine(join(folder, "customers.duckdb"));
  await fill(db, engine);
  const ctx: Context = { actor: testActor, db, now: new Date("2026-05-01T00:00:00Z") };
  const close = async () => {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
    await drop();
  };
  return { db, url, engine, ctx, close, release: (segment: ReleasedSegment) => release(database, segment) };
}

async function fill(db: Database, engine: DuckDbEngine): Promise<void> {
  await db.person.create({
    data: { id: testActor.id, email: testActor.email, name: testActor.name, roles: [...testActor.roles] },
  });
  await db.environment.createMany({
    data: [
      { key: "staging", name: "Staging", position: 1 },
      { key: "production", name: "Production", position: 2 },
    ],
  });
  const attributes = [...catalogue.attributes.values()];
  await db.attribute.createMany({ data: attributes });
  await db.purpose.createMany({ data: [...catalogue.purposes.values()] });
  await db.region.createMany({ data: [...catalogue.regions.values()] });
  await engine.addAttributes(attributes);
}

/** Takes the environment's next revision with one more release, unreviewed, and says so to listeners. */
async function release({ unprotected }: TestDatabase, segment: ReleasedSegment): Promise<number> {
  const { key, environment = "production" } = segment;
  return unprotected(async (tx) => {
    const { revision } = await tx.environment.update({
      where: { key: environment },
      data: { revision: { increment: 1 } },
    });
    await tx.revision.create({ data: { environmentKey: environment, number: revision, kind: "release" } });
    const row = await tx.segment.upsert({
      where: { key },
      create: { key, name: key, criticality: "operational" },
      update: {},
    });
    const number = (await tx.version.count({ where: { segmentId: row.id } })) + 1;
    const artefact = artefactOf(segment, number);
    const version = await tx.version.create({
      data: { segmentId: row.id, number, document: {}, contentHash: artefact.contentHash, authorId: testActor.id },
    });
    await tx.release.updateMany({
      where: { segmentId: row.id, environmentKey: environment, endedAt: null },
      data: { endedAt: new Date() },
    });
    await tx.release.create({
      data: {
        environmentKey: environment,
        segmentId: row.id,
        versionId: version.id,
        revision,
        kind: segment.killed ? "kill" : "release",
        artefact: JSON.parse(JSON.stringify(artefact)),
        contentHash: artefact.contentHash,
        actorId: testActor.id,
      },
    });
    await tx.$executeRaw`SELECT pg_notify('steward_revision', ${`${environment}:${revision}`})`;
    return revision;
  });
}

export function artefactOf(segment: ReleasedSegment, version: number): Artefact {
  const { key, rule, regions = ["eu", "us"], purposes = ["billing"], rolloutPercent = 100 } = segment;
  const { include = [], exclude = [], killed = false } = segment;
  const whole = guardedRule(
    { key, purposes, regions, definition: { rule, include, exclude } },
    catalogue,
    rolloutPercent,
  );
  const archived = segment.standing?.state === "archived";
  const guarded = archived ? tombstoneRule(key) : killed ? killedRule(whole) : whole;
  return {
    key,
    name: key.toUpperCase(),
    description: "",
    version,
    contentHash: `hash-${key}-${version}`,
    parts: {
      guards: [...guarded.guards],
      rule: guarded.rule,
      ...(guarded.include ? { include: guarded.include } : {}),
      ...(guarded.exclude ? { exclude: guarded.exclude } : {}),
      ...(guarded.rollout ? { rollout: guarded.rollout } : {}),
    },
    tree: guarded.tree,
    references: [],
    purposes: purposes.map((purpose) => ({
      key: purpose,
      lawfulBasis: catalogue.purposes.get(purpose)?.lawfulBasis ?? "consent",
    })),
    regions,
    treatments: segment.treatments ?? {},
    precedence: segment.precedence ?? 0,
    exclusiveGroup: null,
    rolloutPercent,
    killed,
    standing: segment.standing ?? null,
  };
}

/** What the signing keys of a world's feed are sealed with. */
export const feedSecret = "a secret of the feed that only tests know";

/** The feed of a world on a port of its own, as server.ts serves it. */
export async function serveFeed(world: Pick<World, "db" | "url" | "engine">, more: Partial<FeedDependencies> = {}) {
  const feed = await createFeedApp({
    db: world.db,
    databaseUrl: world.url,
    engine: () => world.engine,
    secret: feedSecret,
    ...more,
  });
  const listener = getRequestListener(new Hono().route("/feed", feed.app).fetch, { overrideGlobalObjects: false });
  const server = createServer((request, response) => {
    if (!feed.serve(request, response)) void listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed/v1`;
  const close = async () => {
    await feed.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url, close };
}

let consumers = 0;

export async function createTestKey(
  ctx: Context,
  more: Partial<z.input<typeof createKeySchema>> = {},
  format: ReadFormat = "tree",
) {
  consumers++;
  const given = { key: `consumer-${consumers}`, name: "Consumer", description: "", format };
  const { consumer } = await createConsumer(ctx, given);
  return createKey(ctx, consumer.id, {
    environment: "production",
    regions: ["eu", "us"],
    purposes: ["billing", "marketing"],
    rights: ["definitions", "customers"],
    ...more,
  });
}
