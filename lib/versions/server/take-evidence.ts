import { DomainError, isDomainError } from "../../errors";
import { isBlocking } from "../../findings";
import { countDocument } from "../../previews/server/count-document";
import { productionKey } from "../../segments/server/production";
import type { Context } from "../../server/context";
import type { Evidence } from "../contract";
import { findLiveVersion } from "./live-version";
import type { VersionRow } from "./version-row";

/** The picture that is frozen with a version, in exact numbers. Throws `blocked` with everything that is in the way. */
export async function takeEvidence(ctx: Context, version: VersionRow): Promise<Evidence> {
  const live = await findLiveVersion(ctx.db, version.segmentId);
  const { preview } = await countDocument(ctx.db, {
    document: version.document,
    environment: await productionKey(ctx.db),
    asOf: ctx.now,
    for: ctx.actor.id,
  }).catch((error: unknown) => {
    if (isDomainError(error) && error.reason === "cannot-be-counted") throw blocked(error.findings);
    throw error;
  });
  if (preview.findings.some(isBlocking)) throw blocked(preview.findings);
  return {
    takenAt: ctx.now.toISOString(),
    base: live && { version: live.number, contentHash: live.contentHash },
    preview,
  };
}

function blocked(findings: DomainError["findings"]): DomainError {
  const count = findings.filter(isBlocking).length;
  const message = count === 1 ? "One finding is in the way." : `${count} findings are in the way.`;
  return new DomainError("blocked", message, { reason: "blocked", findings });
}
