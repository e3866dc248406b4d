import { z } from "zod";
import { policyAskSchema } from "./approval-policy";
import type { Tally } from "./review-policy";

/** `Release.quorum`: what was asked for, and the verdicts that filled it in the transaction of the release. */
export const quorumSchema = z.object({
  asks: z.array(
    policyAskSchema.omit({ ownerTeam: true }).extend({
      ownerTeam: z.boolean(),
      because: z.array(z.string()),
      /** Ids of verdicts. */
      given: z.array(z.string()),
    }),
  ),
});
export type Quorum = z.infer<typeof quorumSchema>;

/** Undefined where nothing was asked for. */
export function quorumOf({ asks }: Pick<Tally, "asks">): Quorum | undefined {
  if (asks.length === 0) return undefined;
  return {
    asks: asks.map(({ role, count, ownerTeam, because, given }) => ({
      ...{ role, count, ownerTeam },
      because: [...because],
      given: [...given],
    })),
  };
}
