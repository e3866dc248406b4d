import type { KeyLag } from "@/lib/feed/contract";
import type { LagState } from "@/lib/feed/lag";
import { formatDuration } from "./instant-format";
import { formatCount } from "./number-format";
import { type GlyphState, StateLabel } from "./state-glyph";

const glyphs = {
  unused: "never",
  current: "live",
  "catching-up": "scheduled",
  behind: "attention",
  refused: "failed",
} as const satisfies Record<LagState, GlyphState>;

/** How far a key's readers are behind what is released, by shape and in words. */
export function LagLabel({ lag }: { readonly lag: KeyLag }) {
  return <StateLabel state={glyphs[lag.state]}>{lagWords(lag)}</StateLabel>;
}

function lagWords({ state, behind, refusal }: KeyLag): string {
  if (state === "unused") return "not used yet";
  if (state === "refused" && refusal) return `refused r${refusal.revision}`;
  if (behind === null) return "up to date";
  const releases = formatCount(behind.releases, "release");
  const seconds = formatDuration(behind.seconds * 1_000);
  return state === "behind" ? `lacks ${releases} for ${seconds}` : `catching up, ${releases}`;
}
