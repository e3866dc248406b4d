import { z } from "zod";
import type { Scope } from "./scope";

/** How far a reader of changes has come: through `revision`, or where `behind` is there, in it through one member. */
export const changePlaceSchema = z.object({
  revision: z.int().min(0),
  behind: z.object({ segment: z.string(), customerId: z.string() }).optional(),
});
export type ChangePlace = z.infer<typeof changePlaceSchema>;

/** Who reads changes: a scope with its members, or its definitions alone. */
export type ChangeReader = {
  readonly scope: Scope;
  readonly scopeName: string;
  readonly withMembers: boolean;
  /** Whose turn it is in the customers' data. */
  readonly for: string;
};

/** What the cursors of a reader are about: whoever reads something else is refused. */
export function aboutChanges({ withMembers, scopeName }: Pick<ChangeReader, "withMembers" | "scopeName">): string {
  return `${withMembers ? "changes" : "definitions"} for ${scopeName}`;
}

/** The newest revision that a reader has been told all of. */
export function wholeRevision({ revision, behind }: ChangePlace): number {
  return behind ? revision - 1 : revision;
}
