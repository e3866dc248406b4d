import { notFound } from "../../errors";
import type { Context } from "../../server/context";
import type { Transaction } from "../../server/database";
import { refuse } from "../../versions/refusal";
import { type ChangeState, settledRefusal } from "../change-rules";
import { type ChangeRow, requireChange } from "./change-row";

type Settled = {
  readonly state: Exclude<ChangeState, "open">;
  readonly decidedById: string | null;
  readonly comment: string;
};

/** Held until the transaction ends: of two who decide at once, the second finds it decided. */
export async function lockChange(tx: Transaction, id: string): Promise<ChangeRow> {
  const [locked] = await tx.$queryRaw<unknown[]>`SELECT 1 FROM "Change" WHERE "id" = ${id} FOR NO KEY UPDATE`;
  if (!locked) throw notFound("change", id);
  return requireChange(tx, id);
}

/** A change is settled once. */
export async function settleChange(
  tx: Transaction,
  { now }: Context,
  { id, state }: ChangeRow,
  settled: Settled,
): Promise<ChangeRow> {
  const { count } = await tx.change.updateMany({
    where: { id, state: "open" },
    data: { ...settled, decidedAt: now },
  });
  refuse(count === 1 ? null : settledRefusal(state));
  return requireChange(tx, id);
}
