import { hash, randomBytes } from "node:crypto";
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadCatalogue } from "../catalogue/server/load-catalogue";
import { closeEngine, connectEngine } from "../engine/server/engine-instance";
import { releaseVersion } from "../releases/server/release-version";
import { asRole } from "../server/application-role";
import { createDatabase, type Database } from "../server/database";
import { startEmbeddedPostgres } from "../server/postgres";
import { approvedVersions, killedRole } from "./approved-versions";
import { startClickHouse } from "./clickhouse-listener";
import { actorNamed } from "./governance";
import { type StewardProcess, serverOf, startSteward } from "./steward-process";
import { forwardTcp, freePort } from "./tcp-forward";

export type StandaloneFeed = {
  readonly port: number;
  readonly url: string;
  /** Starts it where it does not run, ever on the same port and folder; settles when it serves. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Kills the server and its starter at once. */
  kill(): Promise<void>;
  readonly folder: string;
  output(): string;
};

export type SharedInstallation = Awaited<ReturnType<typeof createSharedInstallation>>;

/** PostgreSQL and ClickHouse that several processes share, with four segments that may be released over and over. */
export async function createSharedInstallation() {
  const folder = await mkdtemp(join(tmpdir(), "steward-shared-"));
  await chmod(folder, 0o755);
  const clickhouse = await startClickHouse();
  const clickhouseUrl = `${clickhouse.url}/steward`;
  const forward = await forwardTcp();
  let postgres = await startEmbeddedPostgres({ dataFolder: folder });
  const feeds: StandaloneFeed[] = [];
  const reach = () => forward.to(Number(new URL(postgres.url).port));

  reach();
  const versions = await approvedVersions(postgres.url, folder);
  const databaseUrl = throughForward(asRole(postgres.url, killedRole), forward.port);
  const db = createDatabase(databaseUrl, 2);
  const engine = await connectEngine(clickhouseUrl);
  await engine.addAttributes([...(await loadCatalogue(db)).attributes.values()]);
  await engine.upsert(
    Array.from({ length: 12 }, (_, n) => ({
      ...{ id: `shared-${n}`, region: "eu", consents: ["marketing"], objections: [], attributes: { plan: "premium" } },
    })),
  );

  let releases = 0;
  /** The next revision of production. */
  async function release(): Promise<number> {
    releases += 1;
    const ctx = { db, actor: actorNamed("operator"), now: new Date() };
    const id = versions[releases % versions.length] ?? "";
    return (await releaseVersion(ctx, { id, environment: "production", rollout: 1 + (releases % 9_900) / 100 }))
      .revision;
  }

  async function addFeed(environment: Readonly<Record<string, string>> = {}): Promise<StandaloneFeed> {
    const feed = await createFeed(join(folder, `feed-${feeds.length}`), {
      ...{ DATABASE_URL: databaseUrl, CLICKHOUSE_URL: clickhouseUrl, STEWARD_FEED_SECRET: "s".repeat(40) },
      ...{ STEWARD_FEED_RATE: "1000000", ...environment },
    });
    feeds.push(feed);
    return feed;
  }

  return {
    ...{ db, databaseUrl, clickhouseUrl, engine, versions, release, addFeed },
    startPostgres: async () => {
      postgres = await startEmbeddedPostgres({ dataFolder: folder });
      reach();
    },
    createKey: (regions: readonly string[] = ["eu"]) => createKey(db, regions),
    stopPostgres: async () => {
      forward.to(null);
      await postgres.stop();
      await postgres.ended;
    },
    killPostgres: async () => {
      process.kill(-postgres.pid, "SIGKILL");
      await postgres.ended;
      forward.to(null);
    },
    async close() {
      await Promise.all(feeds.map(({ stop }) => stop()));
      await db.$disconnect();
      await closeEngine();
      await clickhouse.close();
      await forward.close();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function throughForward(url: string, port: number): string {
  const forwarded = new URL(url);
  forwarded.port = String(port);
  return forwarded.href;
}

/** The secret of a key with every right for reading. */
async function createKey(db: Database, regions: readonly string[]): Promise<{ id: string; secret: string }> {
  const secret = `stw_${randomBytes(32).toString("base64url")}`;
  const name = secret.slice(4, 12).toLowerCase();
  const { id: consumerId } = await db.consumer.create({ data: { key: name, name } });
  const scope = { environmentKey: "production", regions: [...regions], purposes: ["service"] };
  const kept = { hash: hash("sha256", secret, "hex"), hint: secret.slice(0, 8) };
  const rights = ["definitions", "members", "customers"];
  const { id } = await db.consumerKey.create({ data: { ...scope, ...kept, rights, consumerId } });
  return { id, secret };
}

async function createFeed(folder: string, environment: Readonly<Record<string, string>>): Promise<StandaloneFeed> {
  await mkdir(folder, { mode: 0o755 });
  const port = await freePort();
  let running: StewardProcess | undefined;
  return {
    ...{ folder, port, url: `http://127.0.0.1:${port}` },
    async start() {
      if (running) return;
      running = startSteward(folder, ["--only", "feed", "--port", String(port)], environment);
      await running.ready;
    },
    async stop() {
      running?.process.kill("SIGTERM");
      await running?.exit;
      running = undefined;
    },
    async kill() {
      if (!running) return;
      const server = await serverOf(folder);
      running.process.kill("SIGKILL");
      process.kill(server, "SIGKILL");
      await running.exit;
      running = undefined;
    },
    output: () => running?.output() ?? "",
  };
}
