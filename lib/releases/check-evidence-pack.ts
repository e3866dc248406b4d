import { entryHash } from "../audit/chain";
import { type Checkpoint, signedText } from "../audit/checkpoint";
import type { AuditEntryItem } from "../audit/contract";
import { contentHash } from "../segments/content-hash";
import type { EvidencePack } from "./evidence-pack-contract";

/** Whether a signature is of this text by the key of this id. */
export type Verifies = (keyId: string, text: string, signature: string) => boolean;

/** What does not fit together in a pack, in words; empty for a sound one. Its own signature is looked at elsewhere. */
export function packFaults(pack: EvidencePack, verifies: Verifies): string[] {
  return [
    ...contentFaults(pack),
    ...quorumFaults(pack),
    ...pack.audit.flatMap((entry) => entryFault(entry) ?? []),
    ...recordFaults(pack),
    ...(pack.checkpoint ? checkpointFaults(pack.checkpoint, pack.audit, verifies) : []),
  ];
}

function contentFaults({ release, version: { document, contentHash: named } }: EvidencePack): string[] {
  if (document === null) return [];
  if (release.version.contentHash !== named) return ["The version's content is not what was released."];
  if (contentHash(document) === named) return [];
  return JSON.stringify(document).includes('"customerId":"erased:')
    ? ["The document named customers who were erased since: its hash cannot be computed from it any more."]
    : ["The document is not what its hash names."];
}

function quorumFaults({ quorum, verdicts, release, version }: EvidencePack): string[] {
  const writers = new Set([version.author, ...version.contributors].map(({ id }) => id));
  const given = quorum?.asks.flatMap((ask) => ask.given) ?? [];
  const missing = (quorum?.asks ?? []).filter((ask) => release.kind === "release" && ask.given.length < ask.count);
  return [
    ...missing.map(({ role }) => `The quorum lacks an approval of a ${role}.`),
    ...(new Set(given).size < given.length ? ["An approval fills two places."] : []),
    ...given.flatMap((id) => {
      const verdict = verdicts.find((each) => each.id === id);
      if (!verdict) return [`Verdict ${id} of the quorum is not in the pack.`];
      if (verdict.verdict !== "approve") return [`Verdict ${id} of the quorum is no approval.`];
      if (verdict.contentHash !== release.version.contentHash) return [`Verdict ${id} is on other content.`];
      return writers.has(verdict.person.id) ? [`Verdict ${id} is of somebody who wrote the version.`] : [];
    }),
  ];
}

function entryFault(entry: AuditEntryItem): string | null {
  const { actor, subject, previousHash, hash, ...rest } = entry;
  const chained = {
    ...rest,
    ...{ before: rest.before, after: rest.after, actorId: actor.id, actorName: actor.name },
    ...{ subjectType: subject.type, subjectId: subject.id, subjectName: subject.name },
  };
  return entryHash(previousHash, chained) === hash ? null : `Audit entry ${entry.sequence} is not what was hashed.`;
}

function recordFaults({ audit, release }: EvidencePack): string[] {
  const recorded = audit.some(({ after }) => {
    if (typeof after !== "object" || after === null) return false;
    return (
      Reflect.get(after, "environment") === release.environment && Reflect.get(after, "revision") === release.revision
    );
  });
  return recorded ? [] : ["No audit entry of the pack names the release."];
}

function checkpointFaults(checkpoint: Checkpoint, audit: readonly AuditEntryItem[], verifies: Verifies): string[] {
  const covered = audit.find(({ sequence }) => sequence === checkpoint.sequence);
  return [
    ...(verifies(checkpoint.keyId, signedText(checkpoint), checkpoint.signature)
      ? []
      : ["The checkpoint is not signed by a key that is known."]),
    ...(covered && covered.hash !== checkpoint.hash ? ["The checkpoint has another hash than its audit entry."] : []),
  ];
}
