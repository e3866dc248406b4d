import { killSegment } from "../../lib/releases/server/kill-segment";
import { releaseVersion } from "../../lib/releases/server/release-version";
import { rollBack } from "../../lib/releases/server/roll-back";
import type { SegmentDocument } from "../../lib/segments/document";
import type { Context } from "../../lib/server/context";
import type { Database } from "../../lib/server/database";
import type { Version } from "../../lib/versions/contract";
import { createSegment } from "../../lib/versions/server/create-segment";
import { openDraft } from "../../lib/versions/server/open-draft";
import { saveDraft } from "../../lib/versions/server/save-draft";
import { submitVersion } from "../../lib/versions/server/submit-version";
import { withdrawVersion } from "../../lib/versions/server/withdraw-version";
import { approveFully, lookAt, speak } from "./approve-fully";
import { type Cast, requireActor } from "./create-people";
import type { Step } from "./stories/story";

type Draft = Pick<Version, "id" | "contentHash" | "draftRevision">;

/** The version of each segment that is being written or reviewed. */
type Desk = Map<string, Draft>;

/** Gives a function that does one step, by its person and at its instant, as a page or a call would do it. */
export function replayer(db: Database, cast: Cast): (step: Step) => Promise<void> {
  const desk: Desk = new Map();
  const begun = new Set<string>();
  return async (step) => {
    const ctx: Context = { db, actor: requireActor(cast, step.by), now: new Date(step.at) };
    try {
      if (step.kind === "write") {
        desk.set(step.segment, await write(ctx, step.document, desk.get(step.segment), begun.has(step.segment)));
        begun.add(step.segment);
      } else await proceed(ctx, cast, step, desk);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const when = ctx.now.toISOString();
      throw new Error(`The demo could not ${step.kind} ${step.segment} by ${step.by} at ${when}: ${reason}`, {
        cause: error,
      });
    }
  };
}

async function write(
  ctx: Context,
  document: SegmentDocument,
  draft: Draft | undefined,
  begun: boolean,
): Promise<Draft> {
  if (!begun) return (await createSegment(ctx, { document })).version;
  const { key } = document;
  const { draftRevision } = draft ?? (await openDraft(ctx, { key })).version;
  return (await saveDraft(ctx, { key, document, basedOn: draftRevision })).version;
}

async function proceed(ctx: Context, cast: Cast, step: Exclude<Step, { kind: "write" }>, desk: Desk): Promise<void> {
  const key = step.segment;
  switch (step.kind) {
    case "submit":
      await submitVersion(ctx, { id: requireDraft(desk, key).id, note: step.note });
      return;
    case "verdict": {
      const { id } = requireDraft(desk, key);
      const { contentHash, approvals } = await lookAt(ctx, id);
      const seen = { contentHash, basis: approvals.basis };
      const after = await speak(ctx, { id, ...seen, verdict: step.verdict, comment: step.comment });
      if (step.verdict === "approve") await approveFully(ctx, cast, id, after);
      return;
    }
    case "withdraw":
      await withdrawVersion(ctx, { id: requireDraft(desk, key).id, note: step.note });
      return;
    case "release": {
      const { id } = requireDraft(desk, key);
      if (step.environment === "production") await approveFully(ctx, cast, id);
      await releaseVersion(ctx, {
        id,
        environment: step.environment,
        ...(step.rollout === undefined ? {} : { rollout: step.rollout }),
      });
      if (step.environment === "production") desk.delete(key);
      return;
    }
    case "roll back":
      await rollBack(ctx, { key, environment: "production", toVersion: step.toVersion, reason: step.reason });
      return;
    case "kill":
      await killSegment(ctx, { key, environment: "production", reason: step.reason });
  }
}

function requireDraft(desk: Desk, key: string): Draft {
  const draft = desk.get(key);
  if (!draft) throw new Error(`No version of ${key} is open.`);
  return draft;
}
