import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { followMembership } from "../membership/server/follow-membership";
import { createTestKey, serveFeed, type World } from "../testing/feed-fixture";
import { createServedWorld } from "../testing/served-world";
import { root } from "../testing/source-files";

const run = promisify(execFile);
const modules = join(root, "node_modules");
/** The Node that is installed on the machine, which may be older than ours. */
const plainNode =
  (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => !folder.includes("node_modules"))
    .map((folder) => join(folder, "node"))
    .find(existsSync) ?? process.execPath;

let world: World;
let feed: Awaited<ReturnType<typeof serveFeed>>;
let folder: string;
let environment: NodeJS.ProcessEnv;
beforeAll(async () => {
  world = await createServedWorld();
  await followMembership({ db: world.db, engine: world.engine, now: new Date() }, { cause: "data" });
  feed = await serveFeed(world);
  folder = await mkdtemp(join(tmpdir(), "steward-install-"));
  const { secret } = await createTestKey(world.ctx, { rights: ["definitions", "members", "receipts"] });
  environment = { ...process.env, STEWARD_FEED: `${feed.url}/production`, STEWARD_KEY: secret };
  const built = join(folder, "built");
  await run(process.execPath, [join(root, "bin", "build-client.mjs"), built]);
  const npm = (...args: string[]) => run("npm", [...args, "--ignore-scripts"], { cwd: folder });
  await writeFile(join(folder, "package.json"), '{ "private": true, "type": "module" }');
  await npm("pack", built, join(modules, "jose"));
  const { version } = JSON.parse(await readFile(join(modules, "jose", "package.json"), "utf8"));
  const own = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  await npm("install", "--offline", "--no-audit", `./jose-${version}.tgz`, `./steward-client-${own.version}.tgz`);
}, 120_000);
afterAll(async () => {
  await feed.close();
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

async function examples(language: string): Promise<string[]> {
  const text = await readFile(join(import.meta.dirname, "README.md"), "utf8");
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms"))].map(([, code = ""]) => code);
}

async function runExample(index: number): Promise<string[]> {
  const file = join(folder, `example-${index}.js`);
  await writeFile(file, (await examples("js"))[index] ?? "");
  const { stdout } = await run(plainNode, [file], { cwd: folder, env: environment });
  return stdout.trim().split("\n");
}

test("every example is one that is tried here", async () => {
  expect([(await examples("js")).length, (await examples("ts")).length]).toEqual([3, 1]);
});

test("what is installed in an empty folder evaluates under the machine's own Node, and keeps what was good", async () => {
  expect(await runExample(0)).toEqual(["both 1", "by-hand 1", "only-marketing 1", "vip"]);
  expect(existsSync(join(folder, "steward-last-good"))).toBe(true);
});

test("loads nothing of Node where it is not asked to keep a file", async () => {
  const text = await readFile(join(folder, "node_modules/@steward/client/steward-client.js"), "utf8");
  const imported = [...text.matchAll(/^import .* from "(.*)";$/gm)].map(([, name]) => name);
  expect(new Set(imported)).toEqual(new Set(["jose"]));
});

test("says what happens", async () => {
  const lines = await runExample(1);
  expect(lines[0]).toMatch(/^in use: \d+ \[ 'both', 'by-hand', 'only-marketing', 'only-us' \]$/);
  expect(lines[1]).toMatch(/^current \d+ 0(\.\d+)? \d{4}-/);
});

test("knows members by their id", async () => {
  expect(await runExample(2)).toEqual(["true"]);
});

test("the types compile where nothing else is installed, checked whole", async () => {
  await writeFile(join(folder, "example.ts"), (await examples("ts")).join("\n"));
  const strict = ["--ignoreConfig", "--noEmit", "--strict", "--skipLibCheck", "false", "--exactOptionalPropertyTypes"];
  const as = ["--module", "nodenext", "--target", "es2022", "--lib", "es2022,dom", "--types", ""];
  const compiler = join(modules, "typescript", "bin", "tsc");
  const { stdout } = await run(process.execPath, [compiler, ...strict, ...as, "example.ts"], { cwd: folder });
  expect(stdout).toBe("");
});
