import type { Server } from "node:http";
import { join } from "node:path";
import { Hono } from "hono";
import next from "next";
import { keepCheckpoints } from "./lib/audit/server/keep-checkpoints";
import { loadCatalogue } from "./lib/catalogue/server/load-catalogue";
import { closeEngine, connectEngine, getEngine, openEngine } from "./lib/engine/server/engine-instance";
import { keepRefreshed } from "./lib/events/server/keep-refreshed";
import { loadEventTypes } from "./lib/events/server/load-event-types";
import { callNameOf } from "./lib/feed/call-name";
import { startJobs } from "./lib/jobs/queue";
import type { MembershipCause } from "./lib/membership/cause";
import { getFollower, openFollower } from "./lib/membership/server/follower";
import { ensureEnvironments } from "./lib/releases/server/ensure-environments";
import { holdOverrides } from "./lib/scores/server/hold-overrides";
import { type DatabaseAccess, embeddedAccess, roleIn } from "./lib/server/application-role";
import { keptSecret } from "./lib/server/data-folder";
import { closeDatabase, type Database, openDatabase } from "./lib/server/database";
import type { Planes } from "./lib/server/front";
import { checkHealth, type HealthChecks, type HealthPart } from "./lib/server/health";
import {
  findInstallation,
  type InstallationKind,
  install,
  isHalfInstalled,
  wipeInstallation,
} from "./lib/server/installation";
import { portOf } from "./lib/server/listen";
import type { Metrics } from "./lib/server/metrics";
import { openPort } from "./lib/server/open-port";
import { startEmbeddedPostgres } from "./lib/server/postgres";
import { type Role, requireShared, roleOf } from "./lib/server/role";
import { completeSettings, type Settings, settings } from "./lib/server/settings";
import { createShutdown } from "./lib/server/shutdown";
import { keepSigningKeys, openSigningKeys } from "./lib/server/signing-key";
import { StartError } from "./lib/server/start-error";
import packageFile from "./package.json" with { type: "json" };
import { grantToApplication } from "./prisma/grant-to-application";
import { deployMigrations, MigrationError } from "./prisma/migrate";
import { serverJobs } from "./server-jobs";

const shutdown = createShutdown();
const development = process.argv.includes("--dev");
const checks: HealthChecks = {};

const demoAccounts = [
  "Demo accounts, password steward-demo:",
  "  author@demo.steward     author2@demo.steward    drafts segments",
  "  reviewer@demo.steward   reviewer2@demo.steward  approves them",
  "  operator@demo.steward   releases them",
  "  support@demo.steward    looks customers up",
  "  privacy@demo.steward  viewer@demo.steward  admin@demo.steward",
].join("\n");

const firstPerson = [
  "Nobody can sign in yet. In another terminal, with the same settings:",
  "  npm run steward -- person create --email you@example.com --name You --role admin author",
].join("\n");

const unprotected =
  "Without DATABASE_OWNER_URL the application owns its tables: the database does not hold the record against it.";

try {
  await run(settings(), roleOf(process.argv));
} catch (error) {
  await shutdown.fail(error);
}

async function run(settings: Settings, role: Role | undefined): Promise<void> {
  if (role !== "feed") return start(settings, role);
  const { startFeed } = await import("./server-feed");
  announce(await startFeed(settings, shutdown, packageFile.version), "empty", false);
}

/** Everything in one process; or, beside others, what people and senders use, or what goes on without them. */
async function start(settings: Settings, role: "console" | "jobs" | undefined): Promise<void> {
  if (role) requireShared(settings, role);
  const needed: HealthPart[] = ["database", "migrations", "engine", role === "jobs" ? "jobs" : "console"];
  const health = () => checkHealth(checks, { needed });
  const port = await openPort({ settings, shutdown, build: packageFile.version, health });
  const feedSecret = settings.feed.secret ?? (await keptSecret(settings.dataFolder, "feed-secret"));
  const sessionSecret = settings.sessionSecret ?? (await keptSecret(settings.dataFolder, "session-secret"));
  completeSettings({ sessionSecret, feedSecret });
  const { db, url, ownerUrl } = await openControlPlane(settings);
  await openDataPlane(settings);
  const kind = await installOnce(db, settings);
  if (role !== "jobs") await openRecord(db, settings);
  await makeReady(db);
  const planes: Planes = role === "jobs" ? {} : { pages: await openPages(port.server, settings) };
  shutdown.add("requests", port.close);
  const { metrics } = port;
  if (role !== "jobs") {
    Object.assign(planes, await openFastPlanes({ db, databaseUrl: url, secret: feedSecret, settings, metrics, role }));
  }
  port.serve(planes);
  if (role !== "console") {
    shutdown.add("jobs", (await startJobs({ databaseUrl: ownerUrl, db, jobs: serverJobs(settings) })).close);
    checks.jobs = async () => undefined;
  }
  announce(port.address, kind, (await db.person.count()) === 0);
}

async function openControlPlane(settings: Settings): Promise<DatabaseAccess & { db: Database }> {
  const access = await databaseAccess(settings);
  await migrate(access);
  const db = openDatabase(access.url);
  shutdown.add("database", closeDatabase);
  if (await isHalfInstalled(db)) {
    console.log("The first start was interrupted while it made the demo data. Making it again.");
    await wipeInstallation(access.ownerUrl, settings.dataFolder);
    await migrate(access);
  }
  checks.migrations = async () => undefined;
  checks.database = async () => void (await db.$queryRaw`SELECT 1`);
  return { ...access, db };
}

async function databaseAccess({ databaseUrl, databaseOwnerUrl, dataFolder }: Settings): Promise<DatabaseAccess> {
  if (!databaseUrl) return embeddedAccess(await startOwnPostgres(dataFolder), dataFolder);
  if (!databaseOwnerUrl) console.log(unprotected);
  return { url: databaseUrl, ownerUrl: databaseOwnerUrl ?? databaseUrl };
}

async function startOwnPostgres(dataFolder: string): Promise<string> {
  const postgres = await startEmbeddedPostgres({ dataFolder });
  shutdown.add("embedded PostgreSQL", postgres.stop);
  void postgres.ended.then(() =>
    shutdown.fail(new StartError("databaseUnreachable", "The embedded PostgreSQL ended by itself.")),
  );
  return postgres.url;
}

async function migrate({ url, ownerUrl }: DatabaseAccess): Promise<void> {
  try {
    const applied = await deployMigrations(ownerUrl);
    if (applied.length > 0) console.log(`Applied ${applied.length} migration${applied.length === 1 ? "" : "s"}.`);
    const { name, password } = roleIn(url);
    await grantToApplication(ownerUrl, settings().databaseUrl ? { name } : { name, password });
  } catch (error) {
    if (error instanceof MigrationError) throw new StartError("migrationFailed", error.message, { cause: error });
    const reason = error instanceof Error ? error.message || error.name : String(error);
    throw new StartError("databaseUnreachable", `The database does not answer: ${reason}`, { cause: error });
  }
}

/** Only once it is installed: what is wiped as half made has no checkpoints outside. */
async function openRecord(db: Database, { dataFolder, checkpointsFolder }: Settings): Promise<void> {
  const keys = await openSigningKeys(dataFolder);
  keepSigningKeys(keys);
  shutdown.add("audit checkpoints", keepCheckpoints({ db, folder: checkpointsFolder, keys }).close);
}

async function openDataPlane({ dataFolder, clickhouseUrl }: Settings): Promise<void> {
  const engine = clickhouseUrl
    ? await connectEngine(clickhouseUrl)
    : await openEngine(join(dataFolder, "customers.duckdb"));
  shutdown.add("engine", closeEngine);
  checks.engine = engine.ping;
}

async function installOnce(db: Database, settings: Settings): Promise<InstallationKind> {
  const installed = await findInstallation(db);
  if (installed) return installed;
  const kind = (settings.demo ?? !settings.databaseUrl) ? "demo" : "empty";
  await install(db, kind, async () => {
    console.log("Making the demo data.");
    const { seedDemo } = await import("./prisma/seed/seed-demo");
    await seedDemo({ db, engine: getEngine(), now: new Date(), customers: settings.demoCustomers });
  });
  return kind;
}

/** What an installation needs however it came to be: also one whose customer data was lost, or begins anew. */
async function makeReady(db: Database): Promise<void> {
  await ensureEnvironments(db);
  const { attributes } = await loadCatalogue(db);
  const types = await loadEventTypes(db);
  const engine = getEngine();
  await engine.addAttributes([...attributes.values()]);
  await engine.addEventTypes([...types.values()]);
  const follower = openFollower({
    ...{ db, engine },
    prepare: (customers) => holdOverrides({ db, engine, now: new Date() }, customers),
  });
  shutdown.add("membership", follower.close);
  let cause: MembershipCause = "start";
  const onRefreshed = () => {
    follower.touch("all", cause);
    cause = "time";
  };
  shutdown.add("refresh of computed attributes", keepRefreshed({ db, engine, onRefreshed }).close);
}

type FastPlanes = {
  readonly db: Database;
  readonly databaseUrl: string;
  readonly secret: string;
  readonly settings: Settings;
  readonly metrics: Metrics;
  readonly role: "console" | undefined;
};

/** The feed is another process's where this one is the console alone. */
async function openFastPlanes({ db, databaseUrl, secret, settings, metrics, role }: FastPlanes): Promise<Planes> {
  const { createFeedApp } = await import("./lib/feed/http");
  const { hours, requestsPerSecond, streams } = settings.feed;
  const feed = await createFeedApp({
    ...{ db, databaseUrl, engine: getEngine, secret, hours, requestsPerSecond, streams, metrics },
  });
  shutdown.add("feed", feed.close);
  const { createIngestApp } = await import("./lib/ingest/http");
  const ingest = createIngestApp({ db, engine: getEngine, keyring: feed.keyring, touched: getFollower().touch });
  shutdown.add("ingest", ingest.close);
  const planes = { ingest: { app: new Hono().route("/ingest", ingest.app) } };
  if (role === "console") return planes;
  return { ...planes, feed: { app: new Hono().route("/feed", feed.app), serve: feed.serve, callNameOf } };
}

async function openPages(server: Server, settings: Settings): Promise<Planes["pages"]> {
  const app = next({
    dev: development,
    dir: import.meta.dirname,
    hostname: settings.host ?? "localhost",
    port: portOf(server),
  });
  await app.prepare();
  if (development) server.on("upgrade", app.getUpgradeHandler());
  shutdown.add("pages", () => app.close());
  checks.console = async () => undefined;
  return app.getRequestHandler();
}

function announce(address: string, kind: InstallationKind, isDeserted: boolean): void {
  console.log(`\nSteward is at ${address}\n`);
  if (isDeserted) console.log(`${firstPerson}\n`);
  if (kind === "demo") console.log(`${demoAccounts}\n`);
  process.send?.({ ready: address });
}
