import { afterAll, beforeAll, expect, test } from "vitest";
import { createGovernance, documentOf, type Governance, released } from "../../testing/governance";
import { openDraft } from "./open-draft";
import { reviewView } from "./review-view";
import { saveDraft } from "./save-draft";
import { submitVersion } from "./submit-version";

let world: Governance;
beforeAll(async () => {
  world = await createGovernance();
  await released(world, "other");
});
afterAll(() => world.close());

/** The next version of a live segment, narrowed and submitted. */
async function narrowed(key: string): Promise<string> {
  await released(world, key);
  const { version } = await openDraft(world.as("author"), { key });
  const definition = { rule: { all: [{ attribute: "spend", operator: "at_least", value: 200 }] } };
  const document = documentOf(key, { definition });
  await saveDraft(world.as("author"), { key, document, basedOn: version.draftRevision });
  await submitVersion(world.as("author"), { id: version.id });
  return version.id;
}

function storedEvidence(id: string) {
  return world.database.db.version.findUniqueOrThrow({ where: { id }, select: { evidence: true } });
}

test("evidence keeps causes, losses and overlaps, and names no customer", async () => {
  const id = await narrowed("named");
  const { evidence } = await storedEvidence(id);
  expect(evidence).toMatchObject({
    preview: {
      lost: [{ guard: "objection" }, { guard: "region" }],
      impact: { byCause: [{ cause: "rule" }], samples: { entering: [], leaving: [] } },
      overlaps: { live: 1, items: [{ key: "other" }] },
    },
  });
  expect(JSON.stringify(evidence)).not.toMatch(/c0\d{3}/);
});

test("evidence from before previews told causes, losses and overlaps is read without them", async () => {
  const id = await narrowed("older");
  await world.database.unprotected(
    (tx) => tx.$executeRaw`
      UPDATE "Version" SET "evidence" = "evidence" #- '{preview,lost}' #- '{preview,overlaps}'
        #- '{preview,impact,byCause}' #- '{preview,impact,samples}' WHERE "id" = ${id}`,
  );
  const { evidence, now } = await reviewView(world.as("reviewer"), id);
  expect(evidence?.preview).toMatchObject({
    lost: [],
    impact: { byCause: [], samples: { entering: [], leaving: [] } },
  });
  expect(evidence?.preview.overlaps).toBeUndefined();
  expect(evidence?.preview.members).toBe(now?.members);
});
