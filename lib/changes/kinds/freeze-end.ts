import { z } from "zod";
import { describeInstant } from "../../rules/describe-value";
import { defineKind } from "../change-kind";

export const freezeEndSchema = z.strictObject({ until: z.iso.datetime(), ended: z.boolean() });

/** What freezes more is done at once; what ends a freeze early takes two. */
export const freezeEndKind = defineKind({
  noun: "Freeze of",
  schema: freezeEndSchema,
  proposedBy: ["freeze.write"],
  decidedBy: ["freeze.write"],
  lines: ({ until, ended }) => [["Lasts until", ended ? "now" : describeInstant(Date.parse(until))]],
});
