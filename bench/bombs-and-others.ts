import { fork } from "node:child_process";
import { request } from "node:http";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { isApiProblem } from "../lib/http/fetch-json";
import { ruleBombs } from "../lib/testing/rule-bombs";
import { machine, percentile } from "./data/machine";
import { type Caller, type ServedConsole, serveConsole } from "./data/served-console";

const cycle = ["bench-ring-a", "bench-ring-b", "bench-ring-c"] as const;
const alone = 150;
const thrownSchema = z.array(z.object({ kind: z.string(), status: z.int(), milliseconds: z.number() }));

/** First one by one, slowly enough that each is looked at; then in a loop, while somebody else previews. */
const slowly = { rounds: 1, pauseMs: 110 };
const inALoop = { rounds: 2, pauseMs: 0 };
type Attack = typeof slowly;

const [role, address = "", token = "", rounds = "1", pauseMs = "0"] = process.argv.slice(2);
if (role === "attacker")
  process.send?.(await throwBombs(address, token, { rounds: Number(rounds), pauseMs: Number(pauseMs) }));
else await measure();

async function measure(): Promise<void> {
  const steward = await serveConsole(join(import.meta.dirname, "../.cache/bench/console"));
  try {
    const author = await steward.as("author");
    await releaseRing(steward, author);
    const other = await steward.as("author2");
    const documents = await demoDocuments(other);
    await previews(other, documents, (done) => done < 30);
    const quiet = await attacker(steward.address, author.token, slowly);
    const before = await previews(other, documents, (done) => done < alone);
    let isThrowing = true;
    const attack = attacker(steward.address, author.token, inALoop).finally(() => {
      isThrowing = false;
    });
    const during = await previews(other, documents, () => isThrowing);
    const after = await previews(other, documents, (done) => done < alone);
    report([quiet, await attack], [...before, ...after], during);
  } finally {
    await steward.stop();
  }
}

type Thrown = z.infer<typeof thrownSchema>;

function report([quiet, busy]: readonly [Thrown, Thrown], alone: readonly number[], during: readonly number[]): void {
  const refusals: readonly number[] = [413, 422, 429];
  const passed = [...quiet, ...busy].filter(({ status }) => !refusals.includes(status));
  const atTheDoor = (thrown: Thrown) => thrown.filter(({ status }) => status === 429).length;
  console.log(machine());
  console.log(`${quiet.length} bombs one by one, ${atTheDoor(quiet)} of them refused at the door`);
  console.log(`${busy.length} bombs in a loop, ${atTheDoor(busy)} of them refused at the door`);
  console.log(`a bomb, from the body being there to the answer: ${bombLine(quiet)} (bar: below 50 ms)`);
  console.log(`the same while another person previews:          ${bombLine(busy)}`);
  console.log(`another person's previews, alone:      ${previewLine(alone)}`);
  console.log(`another person's previews, meanwhile:  ${previewLine(during)}`);
  console.log(`ratio of p99 ${(percentile(during, 0.99) / percentile(alone, 0.99)).toFixed(2)} (bar: at most 2)`);
  if (passed.length > 0) throw new Error(`Not refused: ${passed.map(({ kind }) => kind).join(", ")}.`);
}

function bombLine(thrown: Thrown): string {
  const taken = thrown.map(({ milliseconds }) => milliseconds);
  const slowest = thrown.toSorted((a, b) => b.milliseconds - a.milliseconds)[0];
  const middle = `p50 ${percentile(taken, 0.5).toFixed(1)} ms, p99 ${percentile(taken, 0.99).toFixed(1)} ms`;
  return `${middle}, slowest ${slowest?.milliseconds.toFixed(1)} ms, ${slowest?.kind}`;
}

function previewLine(taken: readonly number[]): string {
  return `p50 ${percentile(taken, 0.5).toFixed(1)} ms, p99 ${percentile(taken, 0.99).toFixed(1)} ms, ${taken.length} previews`;
}

/** Milliseconds of each preview, one after another, for as long as `more` says. */
async function previews(
  { call }: Caller,
  documents: readonly unknown[],
  more: (done: number) => boolean,
): Promise<number[]> {
  const taken: number[] = [];
  while (more(taken.length)) {
    const document = documents[taken.length % documents.length];
    const start = performance.now();
    await call("/api/v1/previews", { method: "POST", json: { document } });
    taken.push(performance.now() - start);
  }
  return taken;
}

async function demoDocuments({ call }: Caller): Promise<unknown[]> {
  const list = z.object({ items: z.array(z.object({ key: z.string() })) });
  const { items } = list.parse(await call("/api/v1/segments?state=live&pageSize=12"));
  const shown = z.object({ shown: z.object({ document: z.unknown() }) });
  const overviews = await Promise.all(items.map(async ({ key }) => shown.parse(await call(`/api/v1/segments/${key}`))));
  return overviews.map((overview) => overview.shown.document);
}

/** Three live segments of which each refers to the next, and the last to none. */
async function releaseRing(steward: ServedConsole, author: Caller): Promise<void> {
  const reviewer = await steward.as("reviewer");
  const list = z.object({ items: z.array(z.object({ key: z.string() })) });
  const keyed = z.object({ version: z.object({ id: z.string(), contentHash: z.string() }) });
  const { key: region } = list.parse(await author.call("/api/v1/regions")).items[0] ?? { key: "" };
  const { key: purpose } = list.parse(await author.call("/api/v1/purposes")).items[0] ?? { key: "" };
  const { key: attribute } = list.parse(await author.call("/api/v1/attributes")).items[0] ?? { key: "" };
  const [first, second, third] = cycle;
  const rules = [
    [first, { attribute, operator: "is_set" }],
    [third, { segment: first, operator: "member" }],
    [second, { segment: third, operator: "member" }],
  ] as const;
  for (const [key, rule] of rules) {
    const owner = { team: "growth", person: "author@demo.steward" };
    const document = { ...{ key, name: key, owner, purposes: [purpose], regions: [region] }, definition: { rule } };
    const created = await author.call("/api/v1/segments", { method: "POST", json: { document } }).catch(knownAlready);
    if (created === null) return;
    const { id } = keyed.parse(created).version;
    const sent = keyed.parse(await author.call(`/api/v1/versions/${id}/submit`, { method: "POST", json: {} }));
    const verdict = { verdict: "approve", contentHash: sent.version.contentHash };
    await reviewer.call(`/api/v1/versions/${id}/verdicts`, { method: "POST", json: verdict });
    await reviewer.call(`/api/v1/versions/${id}/release`, { method: "POST", json: { environment: "production" } });
  }
}

function knownAlready(error: unknown): null {
  if (isApiProblem(error) && error.code === "key-taken") return null;
  throw error;
}

/** Throws the bombs from a process of its own, so that its work is not taken for the server's. */
function attacker(address: string, token: string, { rounds, pauseMs }: Attack): Promise<Thrown> {
  const child = fork(import.meta.filename, ["attacker", address, token, String(rounds), String(pauseMs)]);
  return new Promise((resolve, reject) => {
    child.once("message", (message) => resolve(thrownSchema.parse(message)));
    child.once("exit", (code) => reject(new Error(`The attacker ended with ${code}.`)));
  });
}

async function throwBombs(address: string, token: string, { rounds, pauseMs }: Attack): Promise<Thrown> {
  const thrown: Thrown = [];
  for (let round = 0; round < rounds; round++)
    for (const { kind, body } of ruleBombs(cycle)) {
      thrown.push({ kind, ...(await post(new URL("/api/v1/previews", address), token, Buffer.from(body))) });
      await pause(pauseMs);
    }
  return thrown;
}

/** Milliseconds from the whole body having been handed over to the end of the answer. */
function post(url: URL, token: string, body: Buffer): Promise<{ status: number; milliseconds: number }> {
  const headers = {
    authorization: `Bearer ${token}`,
    "content-type": "application/json",
    "content-length": body.length,
  };
  return new Promise((resolve, reject) => {
    let handedOver = performance.now();
    const sent = request(url, { method: "POST", headers }, (response) => {
      response.resume();
      response.once("end", () =>
        resolve({ status: response.statusCode ?? 0, milliseconds: performance.now() - handedOver }),
      );
    });
    sent.once("finish", () => {
      handedOver = performance.now();
    });
    sent.once("error", reject);
    sent.end(body);
  });
}
