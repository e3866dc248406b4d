import { afterAll, beforeAll, expect, test } from "vitest";
import { loadVocabulary } from "../../guards/server/load-vocabulary";
import { createGovernance, documentOf, type Governance, released, testNow } from "../../testing/governance";
import { countDocument } from "./count-document";
import { countMove } from "./count-move";

const ofPlan = (value: string) => ({
  definition: { rule: { all: [{ attribute: "plan", operator: "equals", value }] } },
});
const asked = { environment: "production", asOf: testNow, sums: ["spend", "plan", "unknown"] };

let world: Governance;
/** By plan, what those in Europe spend together. */
const spent = { premium: 0, free: 0 };
beforeAll(async () => {
  world = await createGovernance();
  // As the world's customers are made: see lib/testing/governance.
  for (let index = 0; index < 400; index += 1) {
    if (index % 5 === 0 || index % 4 === 3) continue;
    spent[index % 2 === 0 ? "premium" : "free"] += index;
  }
  await released(world, "live", ofPlan("premium"));
});
afterAll(() => world.close());

test("a preview adds up what those have who enter and leave, of numeric attributes that it is asked for", async () => {
  const { preview } = await countDocument(world.database.db, {
    ...asked,
    document: documentOf("live", ofPlan("free")),
  });
  expect(preview.impact?.money).toEqual([
    {
      ...{ attribute: "spend", name: "Spend", unit: null, entering: spent.free, leaving: spent.premium },
      greatest: { entering: 397, leaving: 398 },
    },
  ]);
  const { preview: plain } = await countDocument(world.database.db, {
    ...{ environment: "production", asOf: testNow, document: documentOf("live", ofPlan("free")) },
  });
  expect(plain.impact).not.toHaveProperty("money");
});

async function movedBy(document: unknown) {
  const { db } = world.database;
  const vocabulary = await loadVocabulary(db, asked.environment, document);
  return countMove(db, { ...asked, document, vocabulary });
}

test("what a change moves is both sums together, and all that members have for a first version", async () => {
  const changed = await movedBy(documentOf("live", ofPlan("free")));
  expect(changed?.money).toEqual({ spend: spent.free + spent.premium });
  const first = await movedBy(documentOf("first", ofPlan("free")));
  expect(first?.money).toEqual({ spend: spent.free });
});

test("an archive moves what all members have", async () => {
  const standing = { state: "archived", notice: "Nobody pulls it." };
  const moved = await movedBy(documentOf("live", { ...ofPlan("premium"), standing }));
  expect(moved).toMatchObject({ moved: moved?.before, money: { spend: spent.premium } });
});
