import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import type { Context } from "../../server/context";
import { canApplyIn } from "../../versions/approval-policy";
import { loadPolicies } from "../../versions/server/load-policies";
import type { environmentListSchema } from "../contract";

export async function listEnvironments(ctx: Context): Promise<z.output<typeof environmentListSchema>> {
  requirePermission(ctx.actor, "segment.read");
  const [environments, policies, live] = await Promise.all([
    ctx.db.environment.findMany({
      orderBy: { position: "asc" },
      include: { releases: { orderBy: { revision: "desc" }, take: 1, select: { revision: true, createdAt: true } } },
    }),
    loadPolicies(ctx.db),
    ctx.db.release.groupBy({
      by: ["environmentKey"],
      where: { endedAt: null, kind: { not: "kill" }, segment: { state: { not: "archived" } } },
      _count: { _all: true },
    }),
  ]);
  const liveByKey = new Map(live.map((each) => [each.environmentKey, each._count._all]));
  return {
    items: environments.map(({ key, name, promotedFrom, releases: [newest] }) => ({
      ...{ key, name, promotedFrom, revision: newest?.revision ?? 0 },
      policies: policies
        .filter((policy) => canApplyIn(key, policy))
        .map((policy) => ({ key: policy.key, name: policy.name })),
      changedAt: newest?.createdAt.toISOString() ?? null,
      liveSegments: liveByKey.get(key) ?? 0,
    })),
  };
}
