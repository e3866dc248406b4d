import { type ChildProcess, execFile, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { createFeedWorld, environment } from "./data/feed-world";
import { machine, percentile } from "./data/machine";

/** The feed's hot answers beside a bare node:http listener that sends the same bytes, and members beside DuckDB. */
const seconds = Number(process.argv[2] ?? 5);
const rounds = Number(process.argv[3] ?? 3);
const connections = 32;
const segments = 50;
const customers = 200_000;

const portSchema = z.object({ port: z.int() });
const pageSchema = z.object({ revision: z.int(), members: z.array(z.string()), next: z.string().nullable() });

const home = await mkdtemp(join(tmpdir(), "steward-bench-feed-"));
const world = await createFeedWorld(home, { segments, customers });
const { child: feed, port } = await start("serving-feed.ts", [world.databaseUrl, world.engineFile]);
const base = `http://127.0.0.1:${port}/feed/v1/${environment}`;
const authorization = { authorization: `Bearer ${world.secret}` };

console.log(machine());
console.log(
  `${segments} segments, ${connections} connections, ${rounds} rounds of ${seconds} s each, by wrk on one thread`,
);
await compare("head", "head", {}, 200);
await compare("bundle", "bundle", {}, 200);
await compare("bundle, gzip", "bundle", { "accept-encoding": "gzip" }, 200);
const { headers } = await fetch(`${base}/bundle`, { headers: authorization });
await compare("bundle, not modified", "bundle", { "if-none-match": headers.get("etag") ?? "" }, 304);
await members();

feed.kill();
await once(feed, "exit");
await world.stop();
await rm(home, { recursive: true });

async function start(program: string, args: readonly string[] = []): Promise<{ child: ChildProcess; port: number }> {
  const child = forked(program, args);
  return { child, port: await portSaid(child) };
}

function forked(program: string, args: readonly string[] = []): ChildProcess {
  return fork(join(import.meta.dirname, "data", program), [...args], { execArgv: [...process.execArgv] });
}

async function portSaid(child: ChildProcess): Promise<number> {
  const [said] = await once(child, "message");
  return portSchema.parse(said).port;
}

/** In turns, so that both meet the same machine. */
async function compare(name: string, path: string, more: Record<string, string>, status: number): Promise<void> {
  const asked = { ...authorization, "accept-encoding": "identity", ...more };
  const sample = await fetch(`${base}/${path}`, { headers: asked });
  if (sample.status !== status) throw new Error(`${name} answered ${sample.status}, and not ${status}.`);
  const { rawHeaders, body } = await rawAnswer(`${base}/${path}`, asked);
  const bare = forked("bare-listener.ts");
  bare.send({ status, headers: rawHeaders, body: body.toString("base64") });
  const barePort = await portSaid(bare);
  const [bareRuns, ourRuns]: [Load[], Load[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    bareRuns.push(await load(bare, `http://127.0.0.1:${barePort}/${path}`, asked));
    ourRuns.push(await load(feed, `${base}/${path}`, asked));
  }
  bare.kill();
  const of = (runs: readonly Load[], what: keyof Load) =>
    percentile(
      runs.map((run) => run[what]),
      0.5,
    );
  const [bareRate, rate] = [of(bareRuns, "perSecond"), of(ourRuns, "perSecond")];
  const [bareP99, p99] = [of(bareRuns, "p99"), of(ourRuns, "p99")];
  const [bareUs, us] = [of(bareRuns, "processorUs"), of(ourRuns, "processorUs")];
  const figures = [
    `bare ${Math.round(bareRate).toLocaleString("en")}/s, p99 ${bareP99.toFixed(2)} ms`,
    `Steward ${Math.round(rate).toLocaleString("en")}/s, p99 ${p99.toFixed(2)} ms`,
    `${(rate / bareRate).toFixed(2)} × the rate (bar 0.6), ${(p99 / bareP99).toFixed(1)} × the p99 (bar 3)`,
    `processor ${bareUs.toFixed(0)} and ${us.toFixed(0)} µs an answer: ${(bareUs / us).toFixed(2)} ×`,
  ];
  console.log(`${`${name} (${body.length.toLocaleString("en")} bytes)`.padEnd(36)} ${figures.join("; ")}`);
}

async function rawAnswer(url: string, headers: Record<string, string>) {
  const [response] = await once(get(url, { headers }), "response");
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const names: string[] = response.rawHeaders;
  // The server adds these itself.
  const own = new Set(["date", "connection", "keep-alive"]);
  const rawHeaders = names.flatMap((name, at) =>
    at % 2 === 0 && !own.has(name.toLowerCase()) ? [name, names[at + 1] ?? ""] : [],
  );
  return { rawHeaders, body: Buffer.concat(chunks) };
}

/** Of the processor, each answer took so many microseconds: other than the rate, the same beside other work. */
type Load = { readonly perSecond: number; readonly p99: number; readonly processorUs: number };

async function load({ pid }: ChildProcess, url: string, headers: Record<string, string>): Promise<Load> {
  const given = Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
  const args = ["-t1", `-c${connections}`, `-d${seconds}s`, "--latency", ...given, url];
  const before = processorMs(pid);
  const { stdout } = await promisify(execFile)("wrk", args).catch((cause: unknown) => {
    throw new Error("The load comes from wrk: install it first, as with apt-get install wrk.", { cause });
  });
  const used = processorMs(pid) - before;
  const [, answers] = /(\d+) requests in/.exec(stdout) ?? [];
  const [, perSecond] = /Requests\/sec:\s+([\d.]+)/.exec(stdout) ?? [];
  const [, amount, unit] = /99%\s+([\d.]+)(us|ms|s)/.exec(stdout) ?? [];
  if (/Non-2xx or 3xx|Socket errors/.test(stdout)) throw new Error(`Some answers failed.\n${stdout}`);
  const inMs = { us: 0.001, ms: 1, s: 1_000 }[unit ?? "ms"] ?? Number.NaN;
  const processorUs = (used * 1_000) / Number(answers);
  return { perSecond: Number(perSecond), p99: Number(amount) * inMs, processorUs };
}

/** What a process has taken of the processor, as Linux counts it. */
function processorMs(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function members(): Promise<void> {
  const segment = "segment-0";
  const begun = performance.now();
  let [pages, count, revision]: number[] = [0, 0, 0];
  for (let next: string | null | undefined; next !== null; ) {
    const query = next === undefined ? "" : `?cursor=${next}`;
    const response = await fetch(`${base}/segments/${segment}/members${query}`, { headers: authorization });
    const page = pageSchema.parse(await response.json());
    [pages, count, revision, next] = [(pages ?? 0) + 1, (count ?? 0) + page.members.length, page.revision, page.next];
  }
  const took = performance.now() - begun;
  feed.send({ segment, revision, pages });
  const [alone] = await once(feed, "message");
  const { milliseconds } = z.object({ milliseconds: z.number() }).parse(alone);
  const each = (ms: number) => `${(ms / (pages ?? 1)).toFixed(1)} ms a page`;
  const figures = `DuckDB alone ${each(milliseconds)}; Steward ${each(took)}; ${(milliseconds / took).toFixed(2)} × (bar 0.3)`;
  console.log(`${`members (${pages} pages, ${count?.toLocaleString("en")} ids)`.padEnd(36)} ${figures}`);
}
