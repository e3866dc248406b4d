import { requirePermission } from "../../access/permissions";
import { toPersonSummary } from "../../access/server/person-summary";
import { coveringCheckpoint } from "../../audit/server/covering-checkpoint";
import { toAuditItem } from "../../audit/server/list-audit";
import { recordAudit } from "../../audit/server/record";
import { customerRounding } from "../../catalogue/small-cells";
import { notFound } from "../../errors";
import { roundPreview } from "../../previews/round-preview";
import { storedDocument } from "../../segments/server/segment-row";
import type { Context } from "../../server/context";
import { signDetached } from "../../server/detached-jws";
import type { Prisma } from "../../server/prisma/client";
import type { SigningKeys } from "../../server/signing-key";
import { quorumSchema } from "../../versions/quorum";
import { reviewBasisSchema } from "../../versions/review-basis";
import { listComments } from "../../versions/server/comments";
import { storedEvidence, versionParts } from "../../versions/server/version-row";
import {
  type EvidencePack,
  evidencePackSchema,
  type PackedVerdict,
  packFormat,
  type SignedEvidencePack,
} from "../evidence-pack-contract";
import { releaseParts, toRelease } from "./release-row";

const packedParts = {
  ...releaseParts,
  version: {
    include: {
      ...versionParts,
      verdicts: { include: { person: true, voided: true }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] },
    },
  },
} as const satisfies Prisma.ReleaseInclude;

type PackedRelease = Prisma.ReleaseGetPayload<{ include: typeof packedParts }>;

/** The checkpoints' folder and what signs the pack. */
export type PackSources = { readonly folder: string; readonly keys: SigningKeys };

/** Everything that proves one release, signed; that it was taken is recorded. */
export async function releaseEvidencePack(
  ctx: Context,
  { id }: { readonly id: string },
  { folder, keys }: PackSources,
): Promise<SignedEvidencePack> {
  requirePermission(ctx.actor, "audit.read");
  const row = await ctx.db.release.findUnique({ where: { id }, include: packedParts });
  if (!row) throw notFound("release", id);
  const { segment } = row.version;
  await ctx.db.$transaction((tx) =>
    recordAudit(tx, ctx, {
      action: "evidence-pack.taken",
      subject: { type: "segment", id: segment.key, name: segment.name },
      after: { release: id },
    }),
  );
  const pack = evidencePackSchema.parse(await packOf(ctx, row, folder));
  return { ...pack, signature: await signDetached(keys, pack) };
}

async function packOf(ctx: Context, row: PackedRelease, folder: string): Promise<EvidencePack> {
  const { version, contentHash } = row;
  const round = customerRounding(ctx.actor);
  const evidence = storedEvidence(version.evidence);
  const audit = (await entriesOf(ctx, row)).map(toAuditItem);
  const request = audit.findLast(
    ({ action, at }) => action === "version.submitted" && at <= row.createdAt.toISOString(),
  );
  const last = audit.at(-1);
  const { number, reviewCycle } = version;
  return {
    format: packFormat,
    madeAt: ctx.now.toISOString(),
    madeBy: ctx.actor.name,
    release: toRelease({ ...row, version: { id: version.id, number } }, contentHash, round),
    version: {
      ...{ id: version.id, number, reviewCycle, contentHash },
      document: version.contentHash === contentHash ? storedDocument(version.document) : null,
      author: toPersonSummary(version.author),
      contributors: version.contributions.map(({ person }) => toPersonSummary(person)),
    },
    request: request ? { by: request.actor.name, at: request.at, note: version.note } : null,
    verdicts: version.verdicts.map(toPackedVerdict),
    quorum: row.quorum === null ? null : quorumSchema.parse(row.quorum),
    evidence: evidence && { ...evidence, preview: roundPreview(evidence.preview, round) },
    comments: (await listComments(ctx, { id: version.id })).items,
    receipts: [],
    audit,
    checkpoint: last ? await coveringCheckpoint(folder, last) : null,
  };
}

function toPackedVerdict(row: PackedRelease["version"]["verdicts"][number]): PackedVerdict {
  const { id, verdict, comment, contentHash, reviewCycle, basis, via, createdAt, voided } = row;
  return {
    ...{ id, verdict, comment, contentHash, reviewCycle, via },
    person: toPersonSummary(row.person),
    basis: basis === null ? null : reviewBasisSchema.parse(basis),
    createdAt: createdAt.toISOString(),
    voided: voided && { reason: voided.reason, at: voided.at.toISOString() },
  };
}

/** What the audit says of the version, from its first draft on, and of the release. */
function entriesOf({ db }: Context, { version, environmentKey, revision }: PackedRelease) {
  const isOf = (path: string, equals: string | number) => ({ after: { path: [path], equals } });
  return db.auditEntry.findMany({
    where: {
      subjectType: "segment",
      subjectId: version.segment.key,
      OR: [
        isOf("version", version.number),
        { before: { path: ["version"], equals: version.number } },
        { AND: [isOf("environment", environmentKey), isOf("revision", revision)] },
      ],
    },
    orderBy: { sequence: "asc" },
  });
}
