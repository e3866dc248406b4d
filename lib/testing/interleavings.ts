import fc from "fast-check";
import type { Role } from "../access/permissions";
import { decideChange } from "../changes/server/decide-change";
import { proposeChange } from "../changes/server/propose-change";
import { getEngine } from "../engine/server/engine-instance";
import { uploadList } from "../lists/server/upload-list";
import { releaseVersion } from "../releases/server/release-version";
import { basisName } from "../versions/review-basis";
import { createSegment } from "../versions/server/create-segment";
import { openDraft } from "../versions/server/open-draft";
import { recheckReviews } from "../versions/server/recheck-reviews";
import { recordVerdict } from "../versions/server/record-verdict";
import { loadReviewFacts } from "../versions/server/review-facts";
import { saveDraft } from "../versions/server/save-draft";
import { submitVersion } from "../versions/server/submit-version";
import { requireVersion } from "../versions/server/version-row";
import { withdrawVersion } from "../versions/server/withdraw-version";
import { documentOf, type Governance, type PersonName, refusal, testNow } from "./governance";

const writers = ["author", "author2", "both"] as const satisfies PersonName[];
/** Those whose verdicts count stand in twice, so that something is released. */
const judges = [
  "reviewer",
  "reviewer",
  "reviewer2",
  "reviewer2",
  "both",
  "twin",
  "privacy",
] as const satisfies PersonName[];
const demotable = ["reviewer", "reviewer2", "both", "twin"] as const satisfies PersonName[];

/** What somebody does, with whatever they see of the segment at that moment. */
export type Deed =
  | { readonly kind: "edit"; readonly by: (typeof writers)[number]; readonly name: string }
  | { readonly kind: "submit" | "withdraw" | "open"; readonly by: (typeof writers)[number] }
  | { readonly kind: "approve" | "request_changes"; readonly by: (typeof judges)[number] }
  | { readonly kind: "demote" | "promote"; readonly whom: (typeof demotable)[number] }
  | { readonly kind: "policy"; readonly count: number }
  | { readonly kind: "release" | "upload" | "recheck" };

const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("edit"),
      by: fc.constantFrom(...writers),
      name: fc.constantFrom("A", "B"),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("submit"), by: fc.constantFrom(...writers) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("withdraw", "open"), by: fc.constantFrom(...writers) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("approve"), by: fc.constantFrom(...judges) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("request_changes"), by: fc.constantFrom(...judges) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom("demote", "promote"), whom: fc.constantFrom(...demotable) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("policy"), count: fc.constantFrom(1, 1, 2) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("upload", "recheck") }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("release") }) },
);

/** Up to three at a time are done at once. */
export const interleaving: fc.Arbitrary<Deed[][]> = fc.array(fc.array(deed, { minLength: 1, maxLength: 3 }), {
  minLength: 4,
  maxLength: 7,
});

/** Begins with a submitted version whose rule names the list "vips". */
export async function interleave(
  world: Governance,
  key: string,
  rounds: readonly (readonly Deed[])[],
): Promise<string[]> {
  const rule = {
    any: [
      { attribute: "plan", operator: "equals", value: "premium" },
      { list: "vips", operator: "listed" },
    ],
  };
  const { version } = await createSegment(world.as("author"), { document: documentOf(key, { definition: { rule } }) });
  await submitVersion(world.as("author"), { id: version.id });
  const outcomes: string[] = [];
  for (const round of rounds) {
    outcomes.push(...(await Promise.all(round.map((each) => refusal(perform(world, { key, rule }, each))))));
  }
  return outcomes;
}

/** Takes the segment out of every queue and environment, so that the next one is not compared with it. */
export async function clearAway({ database }: Governance, key: string): Promise<void> {
  const segment = { key };
  await database.unprotected(async (tx) => {
    await tx.version.updateMany({ where: { segment }, data: { state: "rejected" } });
    await tx.release.updateMany({ where: { segment }, data: { endedAt: testNow } });
  });
}

type Subject = { readonly key: string; readonly rule: unknown };

async function perform(world: Governance, { key, rule }: Subject, step: Deed): Promise<unknown> {
  const { db } = world.database;
  const newest = await db.version.findFirstOrThrow({ where: { segment: { key } }, orderBy: { number: "desc" } });
  const { id, contentHash } = newest;
  switch (step.kind) {
    case "edit": {
      const document = documentOf(key, { name: `${key} ${step.name}`, definition: { rule } });
      return saveDraft(world.as(step.by), { key, document, basedOn: newest.draftRevision });
    }
    case "open":
      return openDraft(world.as(step.by), { key });
    case "submit":
      return submitVersion(world.as(step.by), { id });
    case "withdraw":
      return withdrawVersion(world.as(step.by), { id });
    case "approve":
    case "request_changes": {
      const { basis, policies } = await loadReviewFacts(db, await requireVersion(db, id));
      const seen = { contentHash, basis: basisName(basis, policies) };
      return recordVerdict(world.as(step.by), { id, ...seen, verdict: step.kind });
    }
    case "demote":
      return changeBy(world, "person-roles", `id-${step.whom}`, { roles: ["viewer"], team: null });
    case "promote":
      return changeBy(world, "person-roles", `id-${step.whom}`, { roles: rolesOf(step.whom), team: null });
    case "policy":
      return changeBy(world, "approval-policy", "production", policyAsking(step.count));
    case "upload": {
      const head = await db.managedListVersion.findFirst({ where: { listKey: "vips" }, orderBy: { number: "desc" } });
      const basedOn = head?.number ?? 0;
      return uploadList(world.as("author"), { key: "vips", mode: "replace", basedOn, entries: [`c${basedOn % 400}`] });
    }
    case "recheck":
      return recheckReviews(db, testNow);
    case "release":
      return releaseVersion(world.as("operator"), { id, environment: "production" });
  }
}

/** As two people do it: one admin proposes, the other applies. */
export async function changeBy(
  world: Governance,
  kind: "person-roles" | "approval-policy",
  subjectId: string,
  after: unknown,
) {
  const { change } = await proposeChange(world.as("admin"), { kind, subjectId, after, reason: "A test." });
  const decision = { id: change.id, decision: "apply", comment: "", seen: change.seen } as const;
  return decideChange(world.as("admin2"), decision, getEngine());
}

function rolesOf(person: (typeof demotable)[number]): Role[] {
  return person === "both" ? ["author", "reviewer"] : ["reviewer"];
}

export function policyAsking(count: number) {
  const conditions = { environments: ["production"] };
  return { name: "Production", description: "", enabled: true, conditions, asks: [{ role: "reviewer", count }] };
}
