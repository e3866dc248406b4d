import type { Release } from "./contract";

/** Whether what was served may be served again without a new review: somebody approved it, or found it justified. */
export function canReturn({
  kind,
  outcome,
}: {
  readonly kind: Release["kind"];
  readonly outcome: string | null;
}): boolean {
  return kind !== "kill" && (kind !== "break_glass" || outcome === "justified");
}

/**
 * What an environment can go back to: the last release of each other version that was served there, newest first.
 * After a kill the killed version itself is among them. `releases` come newest first.
 */
export function earlierReleases(releases: readonly Release[], environment: string): readonly Release[] {
  const here = releases.filter((release) => release.environment === environment);
  const current = here.find((release) => release.endedAt === null);
  const seen = new Set(current && current.kind !== "kill" ? [current.version.number] : []);
  return here.filter((release) => {
    const { kind, breakGlass, version } = release;
    if (!canReturn({ kind, outcome: breakGlass?.outcome ?? null }) || seen.has(version.number)) return false;
    seen.add(version.number);
    return true;
  });
}
