import { formatNumber } from "@/components/ui/number-format";
import { type GlyphState, StateLabel } from "@/components/ui/state-glyph";
import type { Standing } from "@/lib/releases/overview-contract";

type StandingLabelProps = { readonly standing: Standing | undefined };

/** Where a segment stands in an environment: "● v19", "◔ v11 · 25 %", "v1 · emptied", "v7 · archived", "never". */
export function StandingLabel({ standing }: StandingLabelProps) {
  const { glyph, share, short } = standingWords(standing);
  return (
    <StateLabel state={glyph} share={share}>
      {short}
    </StateLabel>
  );
}

type StandingWords = {
  readonly glyph: GlyphState;
  readonly share: number;
  readonly short: string;
  readonly text: string;
};

export function standingWords(standing: Standing | undefined): StandingWords {
  if (!standing || standing.standing === "never")
    return { glyph: "never", share: 0, short: "never", text: "Never released" };
  const version = `v${standing.version}`;
  const share = (standing.rolloutPercent ?? 100) / 100;
  if (standing.standing === "killed")
    return { glyph: "killed", share, short: `${version} · emptied`, text: `${version} emptied by the kill switch` };
  if (standing.state === "archived")
    return { glyph: "archived", share, short: `${version} · archived`, text: `${version} archived` };
  const deprecated = standing.state === "deprecated";
  const glyph = deprecated ? "deprecated" : standing.standing;
  const percent = formatNumber(standing.rolloutPercent, { unit: "%" });
  if (standing.standing === "canary")
    return { glyph, share, short: `${version} · ${percent}`, text: `${version} live for ${percent}` };
  return { glyph, share, short: version, text: `${version} ${deprecated ? "deprecated" : "live"}` };
}
