import { z } from "zod";

export const transferGrounds = ["adequacy", "clauses", "binding_rules"] as const;
export type TransferGround = (typeof transferGrounds)[number];

export const transferGroundNames = {
  adequacy: "a decision that protection there is adequate",
  clauses: "standard contractual clauses",
  binding_rules: "binding corporate rules",
} as const satisfies Record<TransferGround, string>;

/** What two people decide on for one way between two regions; what is not allowed has no row. */
export const transferContentSchema = z.strictObject({
  allowed: z.boolean(),
  ground: z.enum(transferGrounds, `A ground is one of ${transferGrounds.join(", ")}.`),
  note: z.string().max(2_000).default(""),
});
export type TransferContent = z.output<typeof transferContentSchema>;

/** Data of those who reside in `from` may go to a consumer that runs in `to`. */
export type TransferRule = { readonly from: string; readonly to: string };

/** Of the regions of a key those whose data may go where its consumer runs; all where nobody said where that is. */
export function servedRegions(
  regions: readonly string[],
  location: string | null,
  transfers: readonly TransferRule[],
): string[] {
  if (location === null) return [...regions];
  return regions.filter(
    (region) => region === location || transfers.some(({ from, to }) => from === region && to === location),
  );
}

const separator = ">";

/** Names the way from one region to another, as "eu>us". */
export function transferName({ from, to }: TransferRule): string {
  return `${from}${separator}${to}`;
}

/** Null for what names no way between two regions. */
export function transferOf(name: string): TransferRule | null {
  const [from, to, ...more] = name.split(separator);
  return from && to && from !== to && more.length === 0 ? { from, to } : null;
}
