import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { Agent, get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { createDatabase } from "../lib/server/database";
import { startLoad } from "../lib/testing/steady-load";
import { createFeedWorld, environment } from "./data/feed-world";
import { machine, percentile } from "./data/machine";

/** A valid key's answers while 150 connections guess keys; and when two replicas refuse a key that was revoked. */
const connections = 150;
const perSecond = 200;
const path = `/feed/v1/${environment}/head`;

const [role, target = ""] = process.argv.slice(2);
if (role === "guess") await guess(target);
else await measure(Number(role ?? 30));

async function measure(seconds: number): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), "steward-bench-keys-"));
  const world = await createFeedWorld(home, { segments: 50, customers: 1_000 });
  const second = join(home, "second.duckdb");
  await copyFile(world.engineFile, second);
  const feeds = await Promise.all([world.engineFile, second].map((file) => serve(world.databaseUrl, file)));
  const [feed] = feeds;
  const headers = { authorization: `Bearer ${world.secret}` };
  const url = `${feed?.url}${path}`;
  console.log(machine());
  await answers(url, headers, 3);
  const normal = await answers(url, headers, Math.min(seconds, 10));
  const guessing = fork(import.meta.filename, ["guess", url], { execArgv: [...process.execArgv] });
  await once(guessing, "message");
  const before = processorSeconds(feed?.child.pid);
  const during = await answers(url, headers, seconds);
  const used = processorSeconds(feed?.child.pid) - before;
  guessing.send("stop");
  const [guesses] = await once(guessing, "message");
  console.log(`a valid key, ${perSecond} requests a second: ${line(normal)}`);
  console.log(`the same while ${connections} connections guess for ${seconds} s: ${line(during)}; ${guesses} guesses`);
  console.log(`of a processor the feed had ${((used / seconds) * 100).toFixed(0)} % meanwhile`);
  console.log(`ratio of p95 ${(percentile(during, 0.95) / percentile(normal, 0.95)).toFixed(2)} (bar: at most 2)`);
  const took = await revoke(world.databaseUrl, { headers, urls: feeds.map((each) => `${each.url}${path}`) });
  console.log(`revoked, and nobody told: refused by both after ${Math.round(took)} ms (bar: 5,000 ms)`);
  for (const { child } of feeds) child.kill();
  await Promise.all(feeds.map(({ ended }) => ended));
  await world.stop();
  await rm(home, { recursive: true });
}

function processorSeconds(pid = 0): number {
  const [, , ...fields] = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /, "x x ")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function serve(databaseUrl: string, engineFile: string) {
  const program = join(import.meta.dirname, "data/serving-feed.ts");
  const child = fork(program, [databaseUrl, engineFile], { execArgv: [...process.execArgv] });
  const ended = once(child, "exit");
  const [said] = await once(child, "message");
  return { child, ended, url: `http://127.0.0.1:${z.object({ port: z.int() }).parse(said).port}` };
}

/** Milliseconds of each answer. */
async function answers(url: string, headers: Record<string, string>, seconds: number): Promise<number[]> {
  const taken: number[] = [];
  const load = startLoad(url, { perSecond, headers, onAnswer: (ms) => void taken.push(ms) });
  await pause(seconds * 1_000);
  await load.stop();
  if (load.failures.length > 0) throw new Error(`A valid key was refused: ${load.failures[0]}.`);
  return taken;
}

function line(taken: readonly number[]): string {
  return `p50 ${percentile(taken, 0.5).toFixed(2)} ms, p95 ${percentile(taken, 0.95).toFixed(2)} ms`;
}

async function revoke(databaseUrl: string, asked: { headers: Record<string, string>; urls: readonly string[] }) {
  const db = createDatabase(databaseUrl, 1);
  await db.consumerKey.updateMany({ data: { revokedAt: new Date() } });
  const begun = performance.now();
  for (const url of asked.urls) while ((await fetch(url, { headers: asked.headers })).status !== 401) await pause(20);
  await db.$disconnect();
  return performance.now() - begun;
}

/** Each connection asks with one key after another, as fast as it is answered. */
async function guess(url: string): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let [guesses, isStopped] = [0, false];
  process.once("message", () => {
    isStopped = true;
  });
  const ask = () =>
    new Promise<void>((resolve) => {
      const authorization = `Bearer stw_${randomBytes(32).toString("base64url")}`;
      get(url, { agent, headers: { authorization } }, (response) => {
        guesses += 1;
        response.resume().once("close", resolve);
      }).once("error", () => resolve());
    });
  const lanes = Array.from({ length: connections }, async () => {
    while (!isStopped) await ask();
  });
  process.send?.("begun");
  await Promise.all(lanes);
  process.send?.(guesses);
  process.disconnect?.();
}
