import { z } from "zod";
import { approvingRoles } from "../access/permissions";
import { keySchema } from "../catalogue/definition";
import { findingSchema } from "../findings";
import { criticalities } from "../segments/document";
import { approvalPolicySchema } from "./approval-policy";
import { versionStates } from "./state";

/** A change that nobody wrote yet. Shares are 0 … 1. */
export const simulatedFactsSchema = z.strictObject({
  criticality: z.enum(criticalities).default("operational"),
  labels: z.array(z.string().max(60)).max(64).default([]),
  purposes: z.array(keySchema).max(64).default([]),
  treatments: z.array(keySchema).max(64).default([]),
  movedShare: z.number().min(0).default(0),
  populationShare: z.number().min(0).max(1).default(0),
  /** By attribute. */
  money: z.record(keySchema, z.number()).default({}),
  archive: z.boolean().default(false),
  /** The team that owns the segment. */
  ownerTeam: z.string().nullable().default(null),
});

/** In place of the stored ones: what is being edited. */
const otherPoliciesSchema = z
  .array(approvalPolicySchema.extend({ key: z.string().min(1).max(63) }))
  .max(200)
  .optional();

export const simulatePoliciesSchema = z
  .strictObject({
    versionId: z.string().optional(),
    facts: simulatedFactsSchema.optional(),
    /** Only this one. */
    environment: keySchema.optional(),
    policies: otherPoliciesSchema,
  })
  .refine(({ versionId, facts }) => (versionId === undefined) !== (facts === undefined), {
    error: "Name a version, or say what the change is: one of versionId and facts.",
  });

const askSchema = z.object({
  role: z.enum(approvingRoles),
  count: z.int(),
  ownerTeam: z.boolean(),
  because: z.array(z.string()),
});

export const simulationSchema = z.object({
  environments: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      /** `people` could fill it; who wrote the change is left out. */
      asks: z.array(askSchema.extend({ people: z.int() })),
      fillable: z.boolean(),
      policies: z.array(
        z.object({
          key: z.string(),
          name: z.string(),
          enabled: z.boolean(),
          applies: z.boolean(),
          conditions: z.array(z.object({ condition: z.string(), words: z.string(), holds: z.boolean() })),
        }),
      ),
    }),
  ),
});
export type PolicySimulation = z.output<typeof simulationSchema>;

export const comparePoliciesSchema = z.strictObject({ policies: otherPoliciesSchema.unwrap() });
export const policyComparisonSchema = z.object({
  /** Versions under review of which an environment would ask for something else than by the stored policies. */
  items: z.array(
    z.object({
      version: z.object({ id: z.string(), number: z.int(), state: z.enum(versionStates) }),
      segment: z.object({ key: z.string(), name: z.string() }),
      environment: z.object({ key: z.string(), name: z.string() }),
      stored: z.array(askSchema),
      proposed: z.array(askSchema),
      /** Whether what it has been given would do. */
      complete: z.object({ stored: z.boolean(), proposed: z.boolean() }),
    }),
  ),
  /** How many are under review. */
  underReview: z.int(),
  findings: z.array(findingSchema),
});
export type PolicyComparison = z.output<typeof policyComparisonSchema>;
