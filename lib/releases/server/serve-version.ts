import type { Permission } from "../../access/permissions";
import { requirePermission } from "../../access/permissions";
import { recordAudit } from "../../audit/server/record";
import { customerRounding, downToCell } from "../../catalogue/small-cells";
import { DomainError } from "../../errors";
import { lockEnvironment } from "../../membership/server/revision-line";
import type { WebhookEvent } from "../../notices/events";
import { tellWebhooks } from "../../notices/server/tell-webhooks";
import { lockSegment, storedDocument } from "../../segments/server/segment-row";
import type { Context } from "../../server/context";
import type { Transaction } from "../../server/database";
import type { ImpactSize } from "../../versions/approval-policy";
import { type Quorum, quorumOf } from "../../versions/quorum";
import { refuse } from "../../versions/refusal";
import { refusalOfBreakGlass, refusalOfRelease } from "../../versions/release-gates";
import { requireRightNow } from "../../versions/server/acting-person";
import { holdDeciders } from "../../versions/server/hold-deciders";
import { loadReleaseFacts } from "../../versions/server/release-facts";
import { loadReviewFacts } from "../../versions/server/review-facts";
import { requireVersion, type VersionRow } from "../../versions/server/version-row";
import type { Released } from "../contract";
import { type PreparedRelease, prepareRelease, requireAsPrepared } from "./prepare-release";
import { publish } from "./publish";
import { type ReleaseRow, toRelease } from "./release-row";
import { requireTellable } from "./require-tellable";
import { tellOwner } from "./tell-owner";

type Kind = "release" | "break_glass";

export type ServeInput = {
  readonly id: string;
  readonly environment: string;
  /** Percent. */
  readonly rollout: number;
  readonly kind: Kind;
  readonly reason: string;
};

/** What else must hold, and what becomes true with the release, in its transaction. */
export type ReleaseTerms = {
  /** The content that is meant: another one is not released. */
  readonly contentHash?: string;
  /** The plan of which it is a step. */
  readonly planId?: string;
  readonly within?: (tx: Transaction, served: { release: ReleaseRow; impact: ImpactSize | null }) => Promise<void>;
};

const ways = {
  release: { permission: "version.release", event: "segment.released", refusalOf: refusalOfRelease, done: "released" },
  break_glass: {
    permission: "version.break-glass",
    event: "segment.break-glass",
    refusalOf: refusalOfBreakGlass,
    done: "released without its approvals",
  },
} as const satisfies Record<Kind, { permission: Permission; event: WebhookEvent; refusalOf: unknown; done: string }>;

/** Serves a version in an environment. Every gate is checked here, in the transaction that makes it true. */
export async function serveVersion(ctx: Context, input: ServeInput, terms: ReleaseTerms = {}): Promise<Released> {
  const { id, kind, reason, rollout } = input;
  const { permission, refusalOf } = ways[kind];
  requirePermission(ctx.actor, permission);
  const seen = await requireVersion(ctx.db, id);
  requireMeant(seen, terms);
  const prepared = await prepareRelease(ctx, seen, input);
  const { artefact, members, impact } = prepared;
  return ctx.db.$transaction(async (tx) => {
    const segment = await lockSegment(tx, seen.segment.key);
    const environment = await lockEnvironment(tx, input.environment);
    await holdDeciders(tx, ctx, id);
    const version = await requireVersion(tx, id);
    await requireRightNow(tx, ctx, permission);
    const review = await loadReviewFacts(tx, version, impact);
    const facts = await loadReleaseFacts(tx, { environment, now: ctx.now, rollout }, version, review);
    refuse(refusalOf(facts));
    await requireAsPrepared(tx, version, facts.live, prepared);
    await requireTellable(tx, ctx, { environment: environment.key, artefact });
    const quorum = quorumOf(facts.tally);
    const release = await publish(tx, ctx, {
      ...{ environment, artefact, members, kind, reason, segmentId: segment.id },
      version: { id, state: version.state, document: storedDocument(version.document) },
      ...(quorum && { quorum }),
      ...(terms.planId !== undefined && { planId: terms.planId }),
    });
    await terms.within?.(tx, { release, impact });
    await tellOfRelease(tx, ctx, { ...prepared, input, release, quorum, environmentName: environment.name });
    return {
      release: toRelease(release, artefact.contentHash, customerRounding(ctx.actor)),
      revision: release.revision,
    };
  });
}

function requireMeant({ contentHash }: VersionRow, terms: ReleaseTerms): void {
  if (terms.contentHash === undefined || terms.contentHash === contentHash) return;
  const message = "The version has another content than the one that was to be released.";
  throw new DomainError("conflict", message, { reason: "stale-content", detail: { contentHash } });
}

type Done = PreparedRelease & {
  readonly input: ServeInput;
  readonly release: ReleaseRow;
  readonly quorum: Quorum | undefined;
  readonly environmentName: string;
};

async function tellOfRelease(tx: Transaction, ctx: Context, done: Done): Promise<void> {
  const { artefact, members, input, release, quorum } = done;
  const { event, done: wasDone } = ways[input.kind];
  const { key, name, version, contentHash, references } = artefact;
  const { environment, rollout, reason } = input;
  const because = reason === "" ? {} : { reason };
  const served = { environment, revision: release.revision, version, contentHash, rolloutPercent: rollout, ...because };
  await tellWebhooks(tx, ctx, { event, data: { segment: key, ...served } });
  await tellOwner(tx, ctx, storedDocument(done.version.document), {
    kind: event,
    title: `${name} v${version} was ${wasDone} to ${done.environmentName}`,
    body: [rollout < 100 ? `To ${rollout} % of customers.` : "", reason].filter(Boolean).join(" "),
  });
  await recordAudit(tx, ctx, {
    action: event,
    subject: { type: "segment", id: key, name },
    after: {
      ...{ ...served, references, members: downToCell(members) },
      approvals: quorum?.asks.flatMap(({ given }) => given) ?? [],
    },
  });
}
