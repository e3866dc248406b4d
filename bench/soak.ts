import { setTimeout as pause } from "node:timers/promises";
import { createSharedInstallation } from "../lib/testing/standalone-feeds";
import { startLoad } from "../lib/testing/steady-load";
import { machine } from "./data/machine";

/** `npm run bench -- soak 60`: minutes of pulls and releases, and what memory a stand-alone feed has meanwhile. */
const minutes = Number(process.argv[2] ?? 2);
const perSecond = Number(process.argv[3] ?? 2_000);
const releaseEveryMs = 10_000;
const warmUp = 0.2;

const shared = await createSharedInstallation();
try {
  for (let n = 0; n < 4; n += 1) await shared.release();
  const { secret } = await shared.createKey();
  const feed = await shared.addFeed();
  await feed.start();
  console.log(machine());
  console.log(`${minutes} minutes at ${perSecond} requests a second, a release every ${releaseEveryMs / 1_000} s`);
  const headers = { authorization: `Bearer ${secret}`, "accept-encoding": "gzip" };
  const loads = ["head", "bundle"].map((path) =>
    startLoad(`${feed.url}/feed/v1/production/${path}`, { perSecond: perSecond / 2, headers }),
  );
  const rounds = Math.max(5, Math.round((minutes * 60_000) / releaseEveryMs));
  const measured: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await pause(releaseEveryMs);
    await shared.release();
    measured.push(await memoryOf(feed.url));
  }
  for (const load of loads) await load.stop();
  const begin = Math.floor(rounds * warmUp);
  const part = Math.max(1, Math.floor(rounds * 0.1));
  const [after, end] = [median(measured.slice(begin, begin + part)), median(measured.slice(-part))];
  const answered = loads.reduce((sum, load) => sum + load.answered, 0);
  const failed = loads.reduce((sum, load) => sum + load.failures.length, 0);
  console.log(`${answered.toLocaleString("en")} answers, ${failed} failed, ${rounds} releases`);
  console.log(`resident memory after warm-up ${megabytes(after)}, at the end ${megabytes(end)}`);
  console.log(`growth ${((end / after - 1) * 100).toFixed(1)} % (bar: below 5 %)`);
} finally {
  await shared.close();
}

async function memoryOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]);
}

/** What the collector has not taken yet comes and goes. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 ** 2).toFixed(0)} MiB`;
}
