import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { productionKey } from "../../segments/server/production";
import type { Context } from "../../server/context";
import type { ApprovalPolicy, Ask } from "../approval-policy";
import { guardFindings, staffingFindings } from "../policy-simulation";
import { tally } from "../review-policy";
import type { comparePoliciesSchema, policyComparisonSchema } from "../simulation-contract";
import { underReview } from "./recheck-reviews";
import { asksIn, loadReviewFacts, type ReviewFacts, toReviewer } from "./review-facts";
import { type VersionRow, versionParts } from "./version-row";

type Item = z.input<typeof policyComparisonSchema>["items"][number];
type Place = { readonly key: string; readonly name: string };

/** What other policies than the stored ones would mean for what is under review. */
export async function comparePolicies(
  ctx: Context,
  { policies }: z.output<typeof comparePoliciesSchema>,
): Promise<z.input<typeof policyComparisonSchema>> {
  requirePermission(ctx.actor, "segment.read");
  const { db } = ctx;
  const versions = await db.version.findMany({
    where: underReview,
    include: versionParts,
    orderBy: { segment: { key: "asc" } },
  });
  const environments = await db.environment.findMany({ orderBy: { position: "asc" } });
  const people = (await db.person.findMany({ orderBy: { id: "asc" } })).map(toReviewer);
  const items: Item[] = [];
  for (const version of versions) {
    const facts = await loadReviewFacts(db, version);
    items.push(...environments.flatMap((environment) => compared(version, facts, { environment, policies })));
  }
  const findings = [
    ...policies.flatMap((policy) => staffingFindings(policy, people)),
    ...guardFindings(policies, await productionKey(db)),
  ];
  return { items, underReview: versions.length, findings };
}

type Other = { readonly environment: Place; readonly policies: readonly ApprovalPolicy[] };

function compared(version: VersionRow, facts: ReviewFacts, { environment, policies }: Other): Item[] {
  const { key, name } = environment;
  const stored = asksIn(key, facts);
  const proposed = asksIn(key, { ...facts, policies });
  if (placesOf(stored) === placesOf(proposed)) return [];
  const isComplete = (asks: readonly Ask[]) => tally(facts.verdicts, facts.content, asks).complete;
  return [
    {
      version: { id: version.id, number: version.number, state: version.state },
      segment: { key: version.segment.key, name: version.segment.name },
      environment: { key, name },
      stored: stored.map(plainAsk),
      proposed: proposed.map(plainAsk),
      complete: { stored: isComplete(stored), proposed: isComplete(proposed) },
    },
  ];
}

function placesOf(asks: readonly Ask[]): string {
  return asks.map(({ role, ownerTeam, count }) => `${role} ${ownerTeam} ${count}`).join();
}

function plainAsk({ because, ...ask }: Ask) {
  return { ...ask, because: [...because] };
}
