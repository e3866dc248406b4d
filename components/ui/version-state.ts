import type { VersionState } from "@/lib/versions/state";
import type { GlyphState } from "./state-glyph";

export const glyphOfVersion = {
  draft: "draft",
  in_review: "in-review",
  changes_requested: "attention",
  approved: "approved",
  released: "live",
  superseded: "never",
  rejected: "killed",
  withdrawn: "never",
} as const satisfies Record<VersionState, GlyphState>;

export const wordsOfVersion = {
  draft: "Draft",
  in_review: "In review",
  changes_requested: "Changes requested",
  approved: "Approved",
  released: "Released",
  superseded: "Superseded",
  rejected: "Rejected",
  withdrawn: "Withdrawn",
} as const satisfies Record<VersionState, string>;
