import type { z } from "zod";
import type { Engine } from "../../engine/engine";
import type { Finding } from "../../findings";
import type { Context } from "../../server/context";
import type { Database, Transaction } from "../../server/database";

/** What a change is of, as it is now; `state` is null for something that is not there yet. */
export type Found<State> = { readonly name: string; readonly state: State | null };

export type Application<State> = {
  readonly subjectId: string;
  readonly after: State;
  readonly changeId: string;
};

type Definition<Schema extends z.ZodType> = {
  readonly schema: Schema;
  /** Held until the transaction ends: what is read below it is what the change is applied to. */
  readonly lock: (tx: Transaction, subjectId: string) => Promise<unknown>;
  /** Throws not-found. */
  readonly find: (db: Database | Transaction, subjectId: string) => Promise<Found<z.output<Schema>>>;
  /** Throws where it cannot become that, whoever decides; asked when it is proposed and when it is applied. */
  readonly check?: (tx: Transaction, subjectId: string, after: z.output<Schema>) => Promise<void>;
  /** Worth knowing before it is applied. */
  readonly warn?: (db: Database | Transaction, subjectId: string, after: z.output<Schema>) => Promise<Finding[]>;
  readonly apply: (tx: Transaction, ctx: Context, change: Application<z.output<Schema>>) => Promise<unknown>;
  /** Whether it can change who has approved what: versions under review are settled anew. */
  readonly resettles?: true;
  /** Once it is committed: customers are not touched under locks. */
  readonly afterwards?: (ctx: Context, subjectId: string, engine: Pick<Engine, "refresh">) => Promise<void>;
};

/** A kind of change with its rows, for those who do not know which of them it is. */
export type StoredKind = Omit<Definition<z.ZodType<unknown>>, "schema" | "check" | "warn"> & {
  readonly check: (tx: Transaction, subjectId: string, after: unknown) => Promise<void>;
  readonly warn: (db: Database | Transaction, subjectId: string, after: unknown) => Promise<Finding[]>;
};

export function storedKind<Schema extends z.ZodType>(definition: Definition<Schema>): StoredKind {
  const { schema, find, check, warn, apply, ...rest } = definition;
  return {
    ...rest,
    find,
    check: async (tx, subjectId, after) => check?.(tx, subjectId, schema.parse(after)),
    warn: async (db, subjectId, after) => (await warn?.(db, subjectId, schema.parse(after))) ?? [],
    apply: (tx, ctx, change) => apply(tx, ctx, { ...change, after: schema.parse(change.after) }),
  };
}
