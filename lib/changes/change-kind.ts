import canonicalize from "canonicalize";
import type { z } from "zod";
import type { Permission } from "../access/permissions";

/** One thing that a state says, in words; null where it says nothing of it. */
export type Line = readonly [label: string, value: string | null];

export type ChangedLine = { readonly label: string; readonly before: string | null; readonly after: string | null };

export type KindDefinition<Schema extends z.ZodType = z.ZodType> = {
  /** "Approval policy": what stands before its name. */
  readonly noun: string;
  /** All that the change decides, before and after. */
  readonly schema: Schema;
  /** Any of them will do. */
  readonly proposedBy: readonly Permission[];
  readonly decidedBy: readonly Permission[];
  /** Decides where nobody of those could. */
  readonly standIn?: Permission;
  /** The subject is a person, who then does not decide. */
  readonly aboutPerson?: true;
  readonly lines: (state: z.output<Schema>) => readonly Line[];
};

export type ChangeKindRules = Omit<KindDefinition, "lines"> & {
  /** What differs; every line of a new thing. */
  readonly changedLines: (before: unknown, after: unknown) => ChangedLine[];
};

export function defineKind<Schema extends z.ZodType>({ lines, ...rules }: KindDefinition<Schema>): ChangeKindRules {
  const said = (state: unknown) =>
    new Map<string, string | null>(state === null ? [] : lines(rules.schema.parse(state)));
  return {
    ...rules,
    changedLines(before, after) {
      const [was, is] = [said(before), said(after)];
      return [...new Set([...was.keys(), ...is.keys()])]
        .map((label) => ({ label, before: was.get(label) || null, after: is.get(label) || null }))
        .filter((line) => line.before !== line.after);
    },
  };
}

export function isSameState(one: unknown, other: unknown): boolean {
  return canonicalize(one) === canonicalize(other);
}
