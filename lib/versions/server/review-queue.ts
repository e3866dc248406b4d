import type { z } from "zod";
import { can, requirePermission } from "../../access/permissions";
import { customerRounding } from "../../catalogue/small-cells";
import type { Context } from "../../server/context";
import type { ReviewItem, reviewQueueQuerySchema, reviewQueueSchema } from "../contract";
import { mayFill, refusalOfVerdict } from "../review-policy";
import { loadReviewFacts, tallyIn, toReviewer } from "./review-facts";
import { storedEvidence, toVersionSummary, type VersionRow, versionParts } from "./version-row";

/** Versions under review, the longest waiting first. "me" keeps those whose next verdict the actor can give. */
export async function reviewQueue(
  ctx: Context,
  { waiting }: z.output<typeof reviewQueueQuerySchema>,
): Promise<z.output<typeof reviewQueueSchema>> {
  requirePermission(ctx.actor, "segment.read");
  const [versions, person] = await Promise.all([
    ctx.db.version.findMany({
      where: { state: "in_review" },
      include: versionParts,
      orderBy: [{ submittedAt: "asc" }, { id: "asc" }],
    }),
    ctx.db.person.findUnique({ where: { id: ctx.actor.id } }),
  ]);
  const reviewer = person && toReviewer(person);
  const items = await Promise.all(
    versions.map(async (version): Promise<ReviewItem> => {
      const facts = await loadReviewFacts(ctx.db, version);
      const { asks, whyNot } = tallyIn(facts.production, facts);
      const open = asks.filter(({ count, given }) => given.length < count);
      const hasSpoken = facts.verdicts.some(({ id, reviewer: { id: by } }) => by === reviewer?.id && !whyNot.get(id));
      const mayJudge =
        can(ctx.actor, "version.review") &&
        !refusalOfVerdict(ctx.actor, reviewer, facts.content, "approve") &&
        reviewer !== null &&
        open.some((ask) => mayFill(reviewer, ask, facts.content.ownerTeam));
      return {
        version: toVersionSummary(version),
        segment: { key: version.segment.key, name: version.segment.name },
        ...impactTold(ctx, version),
        approvals: {
          given: asks.reduce((sum, { given }) => sum + given.length, 0),
          required: asks.reduce((sum, { count }) => sum + count, 0),
        },
        waitsForMe: mayJudge && !hasSpoken,
      };
    }),
  );
  const shown = waiting === "me" ? items.filter(({ waitsForMe }) => waitsForMe) : items;
  return { items: shown, total: shown.length };
}

/** For a segment that is not live yet, all its members enter. */
function impactTold(ctx: Context, version: VersionRow): Pick<ReviewItem, "entering" | "leaving"> {
  const preview = storedEvidence(version.evidence)?.preview;
  if (!preview) return { entering: null, leaving: null };
  const round = customerRounding(ctx.actor);
  const { entering, leaving } = preview.impact ?? { entering: preview.members, leaving: 0 };
  return { entering: round(entering), leaving: round(leaving) };
}
