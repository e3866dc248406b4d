import { z } from "zod";

export const findingSeverities = ["blocking", "warning", "note"] as const;
export type FindingSeverity = (typeof findingSeverities)[number];

/**
 * What is wrong, or worth knowing, about a document. `path` points into the document
 * ("definition.rule.all[2].value"), `resolution` says what would be accepted.
 */
export const findingSchema = z.object({
  code: z.string(),
  severity: z.enum(findingSeverities),
  message: z.string(),
  path: z.string(),
  resolution: z.string(),
});
export type Finding = z.infer<typeof findingSchema>;

export function isBlocking(finding: Finding): boolean {
  return finding.severity === "blocking";
}
