import { Agent, get } from "node:http";

export type AskedLoad = {
  readonly perSecond: number;
  readonly headers: Record<string, string>;
  /** Told how many milliseconds each answer took, to its end. */
  readonly onAnswer?: (ms: number) => void;
};

export type SteadyLoad = { answered: number; readonly failures: string[]; stop(): Promise<void> };

/** So many requests a second, whether the last ones are answered or not, until it is stopped. */
export function startLoad(url: string, { perSecond, headers, onAnswer }: AskedLoad): SteadyLoad {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const running = new Set<Promise<void>>();
  const load: SteadyLoad = {
    answered: 0,
    failures: [],
    async stop() {
      clearInterval(timer);
      await Promise.all(running);
      agent.destroy();
    },
  };
  const begun = performance.now();
  let sent = 0;

  function send(): Promise<void> {
    const asked = performance.now();
    return new Promise((resolve) => {
      const fail = (why: string) => {
        load.failures.push(why);
        resolve();
      };
      get(url, { agent, headers }, (response) => {
        response.resume();
        response.once("end", () => {
          load.answered += 1;
          onAnswer?.(performance.now() - asked);
          const isWhole = response.complete && (response.statusCode === 200 || response.statusCode === 304);
          if (isWhole) resolve();
          else fail(`status ${response.statusCode}`);
        });
        response.once("error", (error) => fail(error.message));
      }).once("error", (error) => fail(error.message));
    });
  }

  const timer = setInterval(() => {
    for (const due = ((performance.now() - begun) / 1_000) * perSecond; sent < due; sent += 1) {
      const one = send().finally(() => running.delete(one));
      running.add(one);
    }
  }, 5);
  return load;
}
