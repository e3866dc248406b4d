import { get } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

/** Clients of a stream, and others who poll two replicas: say when each of them has the head of each revision. */
const [, , secret = "", streams = "0", pollers = "0", first = "", second = ""] = process.argv;
const headers = { authorization: `Bearer ${secret}` };
const headOf = /event: head\ndata: \{"environment":"[a-z]+","revision":(\d+)/g;
const pollMs = 500;

/** Instants of the machine's clock, in milliseconds, by revision. */
type Heard = { readonly revision: number; readonly at: number };
/** A poll that was answered: `begun` is when it was sent. */
type Polled = Heard & { readonly poller: number; readonly begun: number };
let heard: Heard[] = [];
let polled: Polled[] = [];
const clock = () => performance.timeOrigin + performance.now();

async function open(): Promise<void> {
  const begun = Promise.withResolvers<void>();
  const request = get(`${first}/stream`, { headers, agent: false }, (response) => {
    let rest = "";
    response.setEncoding("utf8").on("data", (text: string) => {
      const seen = rest + text;
      let end = 0;
      for (const { 1: revision, index } of seen.matchAll(headOf)) {
        heard.push({ revision: Number(revision), at: clock() });
        end = index + 1;
        begun.resolve();
      }
      rest = seen.slice(Math.max(end, seen.length - 200));
    });
    if (response.statusCode !== 200) begun.reject(new Error(`A stream was answered ${response.statusCode}.`));
  });
  request.on("error", begun.reject);
  await begun.promise;
}

async function poll(poller: number): Promise<never> {
  for (;;) {
    await wait(pollMs * (0.8 + 0.4 * Math.random()));
    const begun = clock();
    const response = await fetch(`${poller % 2 === 0 ? first : second}/head`, { headers });
    const { revision } = await response.json();
    polled.push({ poller, revision, begun, at: clock() });
  }
}

for (let opened = 0; opened < Number(streams); opened += 50)
  await Promise.all(Array.from({ length: Math.min(50, Number(streams) - opened) }, open));
for (let poller = 0; poller < Number(pollers); poller += 1) void poll(poller);

process.on("message", () => {
  process.send?.({ heard, polled });
  [heard, polled] = [[], []];
});
process.send?.({ ready: true });
process.once("disconnect", () => process.exit());
