import type { Finding } from "../findings";
import { nearestKeys } from "../rules/nearest-keys";
import { oneOf, quote } from "../rules/rule-finding";
import type { DocumentVocabulary, LiveSegment } from "../rules/vocabulary";
import type { DocumentStanding, SegmentDocument } from "./document";

/** What stands against deprecating or archiving a segment as its document says; `asOf` as in `checkDocument`. */
export function checkStanding(
  { key, standing, lifecycle }: Pick<SegmentDocument, "key" | "standing" | "lifecycle">,
  { live }: Pick<DocumentVocabulary, "live">,
  asOf?: number,
): Finding[] {
  if (!standing) return [];
  const replacement = checkReplacement(key, standing, live);
  if (standing.state === "archived") return [...(live ? stillReferredTo(key, live) : []), ...replacement];
  return [...replacement, ...checkRemoval(standing, lifecycle.expiresAt, asOf)];
}

/** Blocks while something that is live refers to the segment: it would stand for nothing in their next release. */
export function stillReferredTo(key: string, live: ReadonlyMap<string, LiveSegment>): Finding[] {
  const referrers = [...live].filter(([other, { refersTo }]) => other !== key && refersTo.includes(key));
  if (referrers.length === 0) return [];
  const names = referrers.map(([other, { name }]) => `${name} (${other})`).join(", ");
  const message = `It cannot be archived while live segments refer to it: ${names}.`;
  return [blocking("still-referred-to", "standing.state", message, "Release those without the reference first.")];
}

function checkReplacement(
  key: string,
  { replacement }: DocumentStanding,
  live: ReadonlyMap<string, LiveSegment> | undefined,
): Finding[] {
  const path = "standing.replacement";
  if (replacement === undefined) return [];
  if (replacement === key)
    return [blocking("replaces-itself", path, "The segment cannot replace itself.", "Name another one, or none.")];
  if (!live || live.has(replacement)) return [];
  const near = nearestKeys(
    replacement,
    [...live.keys()].filter((other) => other !== key),
  );
  const resolution = near.length > 0 ? `Did you mean ${oneOf(near)}?` : "Name a segment that is live, or none.";
  return [blocking("unknown-replacement", path, `No segment ${quote(replacement)} is live.`, resolution)];
}

function checkRemoval(
  { removalAt }: DocumentStanding,
  expiresAt: string | undefined,
  asOf: number | undefined,
): Finding[] {
  const path = "standing.removalAt";
  if (removalAt === undefined) return [];
  if (asOf !== undefined && Date.parse(removalAt) <= asOf)
    return [
      warning("removal-passed", path, `It was meant to go at ${removalAt}.`, "Archive it, or give a later instant."),
    ];
  if (expiresAt === undefined || Date.parse(expiresAt) >= Date.parse(removalAt)) return [];
  const message = `The segment expires at ${expiresAt}, before it is meant to go at ${removalAt}.`;
  return [warning("expires-before-removal", path, message, "Promise no more than the expiry keeps.")];
}

function blocking(code: string, path: string, message: string, resolution: string): Finding {
  return { code, severity: "blocking", message, path, resolution };
}

function warning(code: string, path: string, message: string, resolution: string): Finding {
  return { code, severity: "warning", message, path, resolution };
}
