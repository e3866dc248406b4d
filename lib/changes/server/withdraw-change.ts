import type { Context } from "../../server/context";
import { refuse } from "../../versions/refusal";
import { refusalOfWithdrawal } from "../change-rules";
import type { Change } from "../contract";
import { changeItem, loadEverybody } from "./change-item";
import { tellOfChange } from "./tell-of-change";
import { lockChange, settleChange } from "./write-change";

/** Whoever proposed a change takes it back. */
export async function withdrawChange(ctx: Context, id: string): Promise<{ change: Change }> {
  const row = await ctx.db.$transaction(async (tx) => {
    const change = await lockChange(tx, id);
    refuse(refusalOfWithdrawal(ctx.actor, change));
    const withdrawn = await settleChange(tx, ctx, change, { state: "withdrawn", decidedById: null, comment: "" });
    await tellOfChange(tx, ctx, withdrawn);
    return withdrawn;
  });
  return { change: await changeItem(ctx, row, await loadEverybody(ctx)) };
}
