import { requirePermission } from "../../access/permissions";
import { customerRounding } from "../../catalogue/small-cells";
import { getEngine } from "../../engine/server/engine-instance";
import { DomainError, notFound } from "../../errors";
import type { Artefact } from "../../guards/artefact";
import { guardedRuleOfArtefact } from "../../guards/guarded-rule";
import { listLiveArtefacts } from "../../guards/server/live-artefacts";
import type { Context } from "../../server/context";
import type { OverlapAnswer } from "../overlap-contract";
import { overlapOf } from "../overlap-of";

export type OverlapSegmentsInput = {
  readonly segments: readonly string[];
  readonly environment: string;
  readonly asOf?: string | undefined;
};

/** How the members of segments that are live overlap, in the numbers that the actor may know. */
export async function overlapSegments(
  ctx: Context,
  input: OverlapSegmentsInput,
  signal?: AbortSignal,
): Promise<OverlapAnswer> {
  requirePermission(ctx.actor, "preview.run");
  const { environment } = input;
  const [known, live] = await Promise.all([
    ctx.db.environment.findUnique({ where: { key: environment } }),
    listLiveArtefacts(ctx.db, environment),
  ]);
  if (!known) throw notFound("environment", environment);
  const byKey = new Map(live.map(({ artefact }) => [artefact.key, artefact]));
  const artefacts = requireLive([...new Set(input.segments)], byKey, environment);
  const asOf = input.asOf === undefined ? ctx.now : new Date(input.asOf);
  const overlap = await getEngine().overlap(artefacts.map(guardedRuleOfArtefact), asOf.getTime(), {
    ...(signal && { signal }),
    for: ctx.actor.id,
  });
  return { asOf: asOf.toISOString(), environment, ...overlapOf(artefacts, overlap, customerRounding(ctx.actor)) };
}

function requireLive(
  keys: readonly string[],
  live: ReadonlyMap<string, Artefact>,
  environment: string,
): readonly Artefact[] {
  const missing = keys.filter((key) => !live.has(key));
  if (missing.length > 0) {
    const message = `Not live in ${environment}: ${missing.join(", ")}. Name segments that are released there.`;
    throw new DomainError("invalid", message, { reason: "not-live", detail: { segments: missing } });
  }
  return keys.flatMap((key) => live.get(key) ?? []);
}
