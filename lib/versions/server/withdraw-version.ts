import { requirePermission } from "../../access/permissions";
import { recordAudit } from "../../audit/server/record";
import { lockSegment } from "../../segments/server/segment-row";
import type { Context } from "../../server/context";
import type { Version } from "../contract";
import { refusalOfWithdrawal } from "../possible";
import { refuse } from "../refusal";
import { requireNextState } from "../state";
import { requireVersion, toVersion } from "./version-row";
import { changeVersion } from "./write-version";

/** Takes an open version back. What an environment without approvals serves of it stays until the next release. */
export async function withdrawVersion(
  ctx: Context,
  { id, note }: { id: string; note?: string | undefined },
): Promise<{ version: Version }> {
  requirePermission(ctx.actor, "version.submit");
  const { segment } = await requireVersion(ctx.db, id);
  return ctx.db.$transaction(async (tx) => {
    await lockSegment(tx, segment.key);
    const version = await requireVersion(tx, id);
    const writers = [version.authorId, ...version.contributions.map(({ personId }) => personId)];
    refuse(refusalOfWithdrawal(ctx.actor, { state: version.state, writers }));
    const state = requireNextState(version.state, "withdraw");
    await changeVersion(tx, version, { state, updatedAt: ctx.now, ...(note === undefined ? {} : { note }) });
    const withdrawn = toVersion(await requireVersion(tx, id));
    await recordAudit(tx, ctx, {
      action: "version.withdrawn",
      subject: { type: "segment", id: segment.key, name: segment.name },
      before: { version: version.number, state: version.state },
      after: { version: version.number, state, note: note ?? "" },
    });
    return { version: withdrawn };
  });
}
