import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isDomainError } from "../../../errors";
import { previewDocument } from "../../../previews/server/preview-document";
import { killSegment } from "../../../releases/server/kill-segment";
import { releaseVersion } from "../../../releases/server/release-version";
import { rollBack } from "../../../releases/server/roll-back";
import { createTestKey } from "../../../testing/feed-fixture";
import { approved, createGovernance, documentOf, type Governance, refusal } from "../../../testing/governance";
import { revokeKey } from "./consumer-keys";
import { createConsumer, listConsumers, updateConsumer } from "./consumers";

let world: Governance;
beforeAll(async () => {
  world = await createGovernance();
});
afterAll(() => world.close());

const scope = { environment: "production", regions: ["eu"], purposes: ["service"] };

function release(id: string, rollout: number) {
  return releaseVersion(world.as("operator"), { id, environment: "production", rollout });
}

describe("a consumer's format", () => {
  const given = { key: "gateway", name: "Gateway", description: "", format: "cel" } as const;

  test("is told in the list, changed with a record, and only by who may", async () => {
    const { consumer } = await createConsumer(world.as("operator"), given);
    expect(consumer.format).toBe("cel");
    const change = { name: "Gateway EU", description: "", team: null, location: null, format: "jsonlogic" } as const;
    expect(await refusal(updateConsumer(world.as("author"), "gateway", change))).toBe("forbidden missing-permission");
    await updateConsumer(world.as("operator"), "gateway", change);
    const { items } = await listConsumers(world.as("viewer"));
    expect(items.find(({ key }) => key === "gateway")).toMatchObject({ name: "Gateway EU", format: "jsonlogic" });
    const entry = await world.database.db.auditEntry.findFirst({ where: { action: "consumer.updated" } });
    expect(entry).toMatchObject({ subjectId: consumer.id, before: { format: "cel" }, after: { format: "jsonlogic" } });
  });

  test("changes nothing for a consumer or a team that does not exist", async () => {
    const change = { name: "Nobody", description: "", team: null, location: null, format: "tree" } as const;
    expect(await refusal(updateConsumer(world.as("operator"), "nobody", change))).toBe("not-found not-found");
    const missing = updateConsumer(world.as("operator"), "gateway", { ...change, team: "nobody" });
    expect(await refusal(missing)).toBe("invalid unknown-team");
  });
});

describe("a release that a consumer's format cannot say", () => {
  test("is refused with a finding that names consumer and place, and is made once nothing is in the way", async () => {
    const { id } = await approved(world, "partial");
    const { key } = await createTestKey(world.as("operator"), scope, "flagd");
    const refused = await release(id, 25).catch((error: unknown) => error);
    expect(isDomainError(refused) && refused.findings).toEqual([
      expect.objectContaining({
        ...{ code: "format-cannot-say", severity: "blocking", path: "rollout" },
        message: expect.stringContaining('"Consumer" reads flagd'),
      }),
    ]);
    expect(await refusal(release(id, 25))).toBe("blocked format-cannot-say");
    expect(await world.database.db.release.count({ where: { versionId: id } })).toBe(0);
    await release(id, 100);
    await revokeKey(world.as("operator"), key.id);
    await release(id, 25);
  });

  test("is told while the segment is written, before anybody asks for the release", async () => {
    const { key } = await createTestKey(world.as("operator"), scope, "jsonlogic");
    const include = Array.from({ length: 1_001 }, (_, index) => ({ customerId: `c${index}` }));
    const { definition } = documentOf("long-list");
    const document = documentOf("long-list", { definition: { ...definition, include } });
    const { findings } = await previewDocument(world.as("author"), { document, environment: "production" });
    expect(findings.filter(({ code }) => code === "format-cannot-say")).toEqual([
      expect.objectContaining({ severity: "warning", path: "definition.include" }),
    ]);
    await revokeKey(world.as("operator"), key.id);
  });

  const elsewhere: [title: string, key: Parameters<typeof createTestKey>[1], format: "tree" | "cel"][] = [
    ["another environment", { ...scope, environment: "staging" }, "cel"],
    ["another region", { ...scope, regions: ["us"] }, "cel"],
    ["another purpose", { ...scope, purposes: ["marketing"] }, "cel"],
    ["the tree", scope, "tree"],
    ["nothing but what it sends", { ...scope, rights: ["ingest"] }, "cel"],
  ];
  test.each(elsewhere)("does not concern a consumer of %s", async (title, key, format) => {
    await createTestKey(world.as("operator"), key, format);
    const { id } = await approved(world, `elsewhere-${title.replaceAll(" ", "-")}`);
    await release(id, 25);
  });

  test("stops neither a rollback to what was served before nor the kill switch", async () => {
    const { id } = await approved(world, "served-before");
    await release(id, 25);
    await release(id, 100);
    await createTestKey(world.as("operator"), scope, "cel");
    const [key, environment, reason] = ["served-before", "production", "as a test"];
    await killSegment(world.as("operator"), { key, environment, reason });
    const { release: again } = await rollBack(world.as("operator"), { key, environment, toVersion: 1, reason });
    expect(again.kind).toBe("rollback");
  });
});
