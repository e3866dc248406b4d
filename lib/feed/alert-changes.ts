import type { Lag } from "./lag";

export const alertKinds = ["behind", "refused"] as const;
export type AlertKind = (typeof alertKinds)[number];

export type Trouble = {
  readonly kind: AlertKind;
  /** The newest revision that it is behind of, or the one that it refused. */
  readonly revision: number;
  readonly detail: string;
};

/** What is wrong with a consumer in an environment, by all its keys there: one of a kind at most, the worst. */
export function troublesOf(lags: readonly Lag[]): Trouble[] {
  return alertKinds.flatMap((kind) => {
    const [worst] = lags.flatMap((lag) => troubleOf(lag, kind)).toSorted((a, b) => b.weight - a.weight);
    return worst ? [worst.trouble] : [];
  });
}

function troubleOf({ state, behind, refusal }: Lag, kind: AlertKind): { trouble: Trouble; weight: number }[] {
  if (kind === "refused") {
    if (!refusal) return [];
    return [{ trouble: { kind, revision: refusal.revision, detail: refusal.reason }, weight: refusal.at }];
  }
  if (state !== "behind" || !behind) return [];
  const detail = `It lacks ${behind.releases === 1 ? "1 release" : `${behind.releases} releases`}.`;
  return [{ trouble: { kind, revision: behind.newest, detail }, weight: -behind.since }];
}

type OpenAlert = Trouble & { readonly id: string };

export type AlertChanges<Open extends OpenAlert> = {
  readonly raise: readonly Trouble[];
  readonly update: readonly Open[];
  readonly end: readonly Open[];
};

/** What of the open alerts is to be raised, said anew or ended. */
export function alertChanges<Open extends OpenAlert>(
  open: readonly Open[],
  troubles: readonly Trouble[],
): AlertChanges<Open> {
  const of = (kind: AlertKind) => troubles.find((trouble) => trouble.kind === kind);
  return {
    raise: troubles.filter(({ kind }) => !open.some((alert) => alert.kind === kind)),
    update: open.flatMap((alert) => {
      const now = of(alert.kind);
      const isSame = now?.revision === alert.revision && now.detail === alert.detail;
      return now && !isSame ? [{ ...alert, ...now }] : [];
    }),
    end: open.filter(({ kind }) => !of(kind)),
  };
}
