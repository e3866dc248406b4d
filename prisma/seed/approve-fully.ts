import type { ApprovingRole } from "../../lib/access/permissions";
import type { Context } from "../../lib/server/context";
import type { Approvals } from "../../lib/versions/contract";
import { approvalsOf } from "../../lib/versions/server/approvals";
import { measureReview } from "../../lib/versions/server/measure-review";
import { type RecordVerdictInput, recordVerdict } from "../../lib/versions/server/record-verdict";
import { loadReviewFacts } from "../../lib/versions/server/review-facts";
import { requireVersion } from "../../lib/versions/server/version-row";
import type { VersionState } from "../../lib/versions/state";
import { type Cast, requireActor } from "./create-people";
import type { DemoPersonKey } from "./people";

const approvers = {
  reviewer: ["reviewer", "reviewer2"],
  privacy: ["privacy"],
  operator: ["operator"],
} as const satisfies Record<ApprovingRole, readonly DemoPersonKey[]>;

const comments = {
  reviewer: "Read it as well, as so many move.",
  privacy: "The purpose covers the personal data that it uses.",
  operator: "The systems that read it are ready.",
} as const satisfies Record<ApprovingRole, string>;

type Seen = { readonly state: VersionState; readonly contentHash: string; readonly approvals: Approvals };

/** What a reviewer has before them. */
export async function lookAt(ctx: Context, id: string): Promise<Seen> {
  const version = await requireVersion(ctx.db, id);
  const { basis } = await measureReview(ctx, version);
  const { state, contentHash } = version;
  return { state, contentHash, approvals: approvalsOf(await loadReviewFacts(ctx.db, version, basis.impact)) };
}

/** Records a verdict, and gives what its reviewer has before them after it. */
export async function speak(ctx: Context, verdict: RecordVerdictInput): Promise<Seen> {
  const { version, approvals } = await recordVerdict(ctx, verdict);
  return { state: version.state, contentHash: version.contentHash, approvals };
}

/** Whoever else is asked for approves too, on what it stands on by then. */
export async function approveFully(ctx: Context, cast: Cast, id: string, seenLast?: Seen): Promise<void> {
  let seen = seenLast ?? (await lookAt(ctx, id));
  for (;;) {
    const { state, contentHash, approvals } = seen;
    const missing = approvals.required.find(({ count, given }) => given < count);
    if (!missing || state === "released") return;
    const spoken = approvals.verdicts.flatMap(({ person, counts }) => (counts ? [person.id] : []));
    const next = approvers[missing.role].find((key) => !spoken.includes(requireActor(cast, key).id));
    if (!next) throw new Error(`Nobody is left to approve as ${missing.role}.`);
    const verdict = { id, contentHash, verdict: "approve", basis: approvals.basis } as const;
    const comment = comments[missing.role];
    seen = await speak({ ...ctx, actor: requireActor(cast, next) }, { ...verdict, comment });
  }
}
