import { afterAll, beforeAll, expect, test } from "vitest";
import { releaseVersion } from "../../releases/server/release-version";
import {
  changePolicy,
  createGovernance,
  documentOf,
  type Governance,
  refusal,
  submitted,
} from "../../testing/governance";
import { openDraft } from "./open-draft";
import { recordVerdict } from "./record-verdict";
import { reviewView } from "./review-view";
import { saveDraft } from "./save-draft";
import { submitVersion } from "./submit-version";

/** Less than all premium customers spend together. */
const amount = 25_000;
const premium = { definition: { rule: { all: [{ attribute: "plan", operator: "equals", value: "premium" }] } } };

let world: Governance;
beforeAll(async () => {
  world = await createGovernance();
  await changePolicy(world.database.db, "large-impact", {
    ...{ enabled: true, conditions: { moneyMovedAbove: { attribute: "spend", amount } } },
    asks: [{ role: "operator", count: 1 }],
  });
});
afterAll(() => world.close());

async function approve(id: string, contentHash: string, by: "reviewer" | "operator"): Promise<void> {
  await recordVerdict(world.as(by), { id, contentHash, verdict: "approve" });
}

const release = (id: string) => releaseVersion(world.as("operator"), { id, environment: "production" });

test("who moves little money needs no further approval, and of a first version all members move", async () => {
  const few = { definition: { rule: { all: [...premium.definition.rule.all, spends("at_most", 50)] } } };
  const { id, contentHash } = await submitted(world, "little", "author", few);
  await approve(id, contentHash, "reviewer");
  expect(await refusal(release(id))).toBe("done");
});

test("who moves more than a policy names needs what it asks for", async () => {
  const { id, contentHash } = await submitted(world, "much", "author", { ...premium, regions: ["eu", "us"] });
  await approve(id, contentHash, "reviewer");
  expect(await refusal(release(id))).toBe("blocked not-approved");
  await approve(id, contentHash, "operator");
  expect(await refusal(release(id))).toBe("done");
});

test("an archive moves what all members have, and evidence says it to each as it may be told", async () => {
  const author = world.as("author");
  const { version } = await openDraft(author, { key: "much" });
  const standing = { state: "archived", notice: "Nobody pulls it." };
  const document = documentOf("much", { ...premium, regions: ["eu", "us"], standing });
  await saveDraft(author, { key: "much", document, basedOn: version.draftRevision });
  const sent = (await submitVersion(author, { id: version.id })).version;
  await approve(sent.id, sent.contentHash, "reviewer");
  expect(await refusal(release(sent.id))).toBe("blocked not-approved");
  const moneyTo = async (name: "support" | "viewer") => {
    const { evidence, now } = await reviewView(world.as(name), sent.id);
    expect(now?.impact?.money).toEqual(evidence?.preview.impact?.money);
    return evidence?.preview.impact?.money;
  };
  const told = { attribute: "spend", name: "Spend", unit: null };
  expect(await moneyTo("support")).toEqual([{ ...told, entering: 0, leaving: 39_800 }]);
  expect(await moneyTo("viewer")).toEqual([{ ...told, entering: null, leaving: 40_000 }]);
});

function spends(operator: "at_most", value: number) {
  return { attribute: "spend", operator, value };
}
