import type { z } from "zod";
import { approvingRoles } from "../../access/permissions";
import { peopleWithRole } from "../../access/server/people-with-role";
import { notify } from "../../notices/server/notify";
import type { Context } from "../../server/context";
import { requireVersion } from "../../versions/server/version-row";
import type { breakGlassSchema } from "../break-glass-contract";
import type { Released } from "../contract";
import { serveVersion } from "./serve-version";

export type BreakGlassInput = z.output<typeof breakGlassSchema> & { readonly id: string };

/**
 * Serves submitted content without its approvals, with a reason. Findings that block still block, and guards stay.
 * Every reviewer is told, and somebody else looks at it within a day.
 */
export async function breakGlass(ctx: Context, { id, environment, reason }: BreakGlassInput): Promise<Released> {
  const { segment, number, contentHash } = await requireVersion(ctx.db, id);
  const input = { id, environment, reason, rollout: 100, kind: "break_glass" } as const;
  return serveVersion(ctx, input, {
    contentHash,
    within: async (tx) =>
      notify(tx, ctx, {
        to: await peopleWithRole(tx, approvingRoles),
        kind: "segment.break-glass",
        title: `${ctx.actor.name} released ${segment.name} v${number} to ${environment} without its approvals`,
        body: `${reason} Within 24 hours somebody else says whether that was justified.`,
        href: `/segments/${segment.key}`,
      }),
  });
}
