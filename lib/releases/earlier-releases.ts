import type { Release } from "./contract";

/**
 * What an environment can go back to: the last release of each other version that was served there, newest first.
 * After a kill the killed version itself is among them. `releases` come newest first.
 */
export function earlierReleases(releases: readonly Release[], environment: string): readonly Release[] {
  const here = releases.filter((release) => release.environment === environment);
  const current = here.find((release) => release.endedAt === null);
  const seen = new Set(current && current.kind !== "kill" ? [current.version.number] : []);
  return here.filter((release) => {
    if (release.kind === "kill" || seen.has(release.version.number)) return false;
    seen.add(release.version.number);
    return true;
  });
}
