/** One side of a comparison: a version, or what an environment served at a revision. Null is production. */
export type ComparedRef =
  | { readonly kind: "version"; readonly number: number }
  | { readonly kind: "revision"; readonly environment: string | null; readonly revision: number };

/** "v7", "r12" for production, "staging:r12". */
export const comparedRefPattern = /^(?:v(\d{1,9})|(?:([a-z][a-z0-9_-]{0,62}):)?r(\d{1,9}))$/;

export function parseComparedRef(text: string): ComparedRef | null {
  const [, number, environment, revision] = comparedRefPattern.exec(text) ?? [];
  if (number !== undefined) return { kind: "version", number: Number(number) };
  if (revision === undefined) return null;
  return { kind: "revision", environment: environment ?? null, revision: Number(revision) };
}

export function revisionRef(environment: string, revision: number, production: string): string {
  return environment === production ? `r${revision}` : `${environment}:r${revision}`;
}

export function comparisonPath(segmentKey: string, from: string, to: string): string {
  return `/segments/${encodeURIComponent(segmentKey)}/compare?${new URLSearchParams({ from, to })}`;
}
