import { recordAudit } from "../../audit/server/record";
import { notify } from "../../notices/server/notify";
import { tellWebhooks } from "../../notices/server/tell-webhooks";
import type { Context } from "../../server/context";
import type { Transaction } from "../../server/database";
import { rulesOf } from "../change-kinds";
import { decidersOf } from "../change-rules";
import { type ChangeRow, proposedChange } from "./change-row";
import { loadReviewers } from "./load-reviewers";

type Told = ChangeRow & { readonly state: "open" | "applied" | "rejected" | "withdrawn" };

const actions = {
  open: "change.proposed",
  applied: "change.applied",
  rejected: "change.rejected",
  withdrawn: "change.withdrawn",
} as const satisfies Record<Told["state"], string>;

/**
 * Tells those who may decide of what is proposed, and who proposed it, or whom it is about, of what became of it; then
 * records it. The last thing in a transaction.
 */
export async function tellOfChange(tx: Transaction, ctx: Context, change: Told): Promise<void> {
  const { id, number, kind, state, subjectId, subjectName, before, after, reason, comment } = change;
  const title = `${rulesOf(kind).noun} ${subjectName}`;
  const detail = { number, kind, subject: { id: subjectId, name: subjectName } };
  if (state === "open") {
    const people = await loadReviewers(tx);
    const deciders = decidersOf(proposedChange(change, people), people);
    await notify(tx, ctx, {
      to: deciders.map((person) => person.id),
      kind: "change.proposed",
      title: `${title}: ${change.authorName} proposes a change`,
      body: reason,
      href: `/settings/changes?change=${number}`,
    });
    await tellWebhooks(tx, ctx, { event: "change.proposed", data: { ...detail, id } });
  } else {
    await notify(tx, ctx, {
      to: [...(change.authorId ? [change.authorId] : []), ...(rulesOf(kind).aboutPerson ? [subjectId] : [])],
      kind: "change.decided",
      title: `${title}: the change is ${state}`,
      body: comment,
      href: `/settings/changes?change=${number}`,
    });
    await tellWebhooks(tx, ctx, { event: "change.decided", data: { ...detail, id, state } });
  }
  await recordAudit(tx, ctx, {
    action: actions[state],
    subject: { type: kind, id: subjectId, name: subjectName },
    before,
    after: {
      change: number,
      proposed: after,
      reason,
      ...(state === "open" ? {} : { author: change.authorName, comment }),
    },
  });
}
