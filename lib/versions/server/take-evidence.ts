import { DomainError, isDomainError } from "../../errors";
import { isBlocking } from "../../findings";
import type { Preview } from "../../previews/contract";
import type { MovedSizes } from "../../previews/moved-money";
import { countDocument } from "../../previews/server/count-document";
import { productionKey } from "../../segments/server/production";
import type { Context } from "../../server/context";
import { attributesToSum } from "../approval-policy";
import { impactSize } from "../change-facts";
import type { Evidence } from "../contract";
import type { ReviewBasis } from "../review-basis";
import { findLiveVersion } from "./live-version";
import { loadReferences } from "./load-basis";
import { loadPolicies } from "./load-policies";
import type { VersionRow } from "./version-row";

export type TakenEvidence = Evidence & { readonly basis: ReviewBasis };

/** The picture that is frozen with a version, in exact numbers. Throws `blocked` with everything that is in the way. */
export async function takeEvidence(ctx: Context, version: VersionRow): Promise<TakenEvidence> {
  const live = await findLiveVersion(ctx.db, version.segmentId);
  const environment = await productionKey(ctx.db);
  const { preview, document, money } = await countDocument(ctx.db, {
    document: version.document,
    environment,
    asOf: ctx.now,
    sums: attributesToSum(await loadPolicies(ctx.db)),
    for: ctx.actor.id,
  }).catch((error: unknown) => {
    if (isDomainError(error) && error.reason === "cannot-be-counted") throw blocked(error.findings);
    throw error;
  });
  if (preview.findings.some(isBlocking)) throw blocked(preview.findings);
  const references = await loadReferences(ctx.db, environment, document);
  return {
    takenAt: ctx.now.toISOString(),
    base: live && { version: live.number, contentHash: live.contentHash },
    preview,
    basis: { ...references, impact: impactOfPreview(preview, money) },
  };
}

export function impactOfPreview({ population, members, impact }: Preview, money: MovedSizes) {
  if (!impact) return impactSize({ population, before: 0, moved: members }, true, money);
  const { entering, leaving, live } = impact;
  return impactSize({ population, before: live.members, moved: entering + leaving }, false, money);
}

function blocked(findings: DomainError["findings"]): DomainError {
  const count = findings.filter(isBlocking).length;
  const message = count === 1 ? "One finding is in the way." : `${count} findings are in the way.`;
  return new DomainError("blocked", message, { reason: "blocked", findings });
}
