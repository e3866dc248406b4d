import { toPersonSummary } from "../../access/server/person-summary";
import type { Prisma } from "../../server/prisma/client";
import type { Freeze } from "../freeze-contract";

export const freezeParts = { createdBy: true, environment: true } as const satisfies Prisma.FreezeWindowInclude;

export type FreezeRow = Prisma.FreezeWindowGetPayload<{ include: typeof freezeParts }>;

export function toFreeze({
  id,
  environmentKey,
  from,
  until,
  reason,
  createdBy,
  createdAt,
  endedAt,
}: FreezeRow): Freeze {
  return {
    ...{ id, reason, environment: environmentKey },
    from: from.toISOString(),
    until: until.toISOString(),
    createdBy: toPersonSummary(createdBy),
    createdAt: createdAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}
