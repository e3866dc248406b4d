import { percentile, type Timed, timed } from "./machine";

export type Compared<A, B> = { readonly bare: readonly Timed<A>[]; readonly ours: readonly Timed<B>[] };

/** Runs both by turns, so that whatever else the machine does meets both; the first three rounds do not count. */
export async function compare<A, B>(
  rounds: number,
  bare: (step: number) => Promise<A>,
  ours: (step: number) => Promise<B>,
  check: (bare: A, ours: B) => void,
): Promise<Compared<A, B>> {
  const warming = 3;
  const runs: { bare: Timed<A>; ours: Timed<B> }[] = [];
  for (let step = 0; step < rounds + warming; step++) {
    const run = { bare: await timed(() => bare(step)), ours: await timed(() => ours(step)) };
    check(run.bare.result, run.ours.result);
    if (step >= warming) runs.push(run);
  }
  return { bare: runs.map((run) => run.bare), ours: runs.map((run) => run.ours) };
}

export function wallMs(runs: readonly Timed<unknown>[], part: number): number {
  return percentile(
    runs.map(({ milliseconds }) => milliseconds),
    part,
  );
}

export function processorMs(runs: readonly Timed<unknown>[]): number {
  return percentile(
    runs.map((run) => run.processorMs),
    0.5,
  );
}

export function timesLine(name: string, runs: readonly Timed<unknown>[]): string {
  return `${name.padEnd(44)} p50 ${wallMs(runs, 0.5).toFixed(0)} ms, p95 ${wallMs(runs, 0.95).toFixed(0)} ms, processor ${processorMs(runs).toFixed(0)} ms`;
}

/** How many times as long as bare DuckDB: by the clock, and by processor time, which a busy machine does not bend. */
export function ratioText({ bare, ours }: Compared<unknown, unknown>): string {
  return `ratio ${(wallMs(ours, 0.5) / wallMs(bare, 0.5)).toFixed(2)}, of processor time ${(processorMs(ours) / processorMs(bare)).toFixed(2)}`;
}
