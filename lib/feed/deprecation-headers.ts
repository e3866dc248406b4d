import type { DocumentStanding } from "../segments/document";

/** Since when a segment is deprecated (RFC 9745) and when it is meant to go (RFC 8594), as name, value, name, … */
export function deprecationHeaders(standing: DocumentStanding | null, since: Date): readonly string[] {
  if (standing?.state !== "deprecated") return [];
  const { removalAt } = standing;
  const deprecated = ["deprecation", `@${Math.floor(since.getTime() / 1000)}`];
  return removalAt === undefined ? deprecated : [...deprecated, "sunset", new Date(removalAt).toUTCString()];
}
