import { z } from "zod";
import { lawfulBases } from "../catalogue/definition";
import type { TreeNode } from "../rules/definition";
import { documentStandingSchema, treatmentValueSchema } from "../segments/document";

const nodeSchema = z.custom<TreeNode>((value) => typeof value === "object" && value !== null, "A node is an object.");

/**
 * `Release.artefact`: what an environment serves of a segment, frozen in the transaction of its release. Whoever reads
 * it needs neither document nor catalogue as they were then. `guardedRuleOfArtefact` gives the rule to count with.
 */
export const artefactSchema = z.object({
  key: z.string(),
  name: z.string(),
  description: z.string(),
  version: z.int(),
  contentHash: z.string(),
  /** The parts in the order in which they decide, as in `GuardedRule`; `rule` is the author's, its references resolved. */
  parts: z.object({
    guards: z.array(nodeSchema),
    exclude: nodeSchema.optional(),
    include: nodeSchema.optional(),
    rule: nodeSchema,
    rollout: nodeSchema.optional(),
  }),
  /** The parts joined, what references stand for in their place: guards, lists, rule and rollout as one tree. */
  tree: nodeSchema,
  /** What the rule refers to, directly or through another segment, in the version that it stands for since then. */
  references: z.array(z.object({ kind: z.enum(["segment", "list"]), key: z.string(), version: z.int() })).default([]),
  purposes: z.array(z.object({ key: z.string(), lawfulBasis: z.enum(lawfulBases) })),
  regions: z.array(z.string()),
  treatments: z.record(z.string(), treatmentValueSchema),
  precedence: z.int(),
  exclusiveGroup: z.string().nullable(),
  rolloutPercent: z.number(),
  /** True after the kill switch: the tree takes nobody, whatever `parts.rule` says. */
  killed: z.boolean(),
  /** Null while the segment is active. The tree of an archived one takes nobody, as after the kill switch. */
  standing: documentStandingSchema.nullable().default(null),
});
export type Artefact = z.infer<typeof artefactSchema>;

/** Archived, or emptied by the kill switch: what is served takes nobody, and no other segment may refer to it. */
export function takesNobody({ killed, standing }: Pick<Artefact, "killed" | "standing">): boolean {
  return killed || standing?.state === "archived";
}
