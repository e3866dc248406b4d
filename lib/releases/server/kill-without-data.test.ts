import { afterAll, beforeAll, expect, test } from "vitest";
import { createGovernance, type Governance, refusal, released } from "../../testing/governance";
import { killSegment } from "./kill-segment";
import { releaseVersion } from "./release-version";

let world: Governance;
beforeAll(async () => {
  world = await createGovernance();
});
afterAll(() => world.close());

test("the kill switch works while the customers' data does not answer, and says that the log has nothing of it", async () => {
  const { id } = await released(world, "leaking");
  await world.engine.close();
  const where = { key: "leaking", environment: "production" };
  const { revision } = await killSegment(world.as("operator"), { ...where, reason: "Leak." });
  const key = { environmentKey: where.environment, number: revision };
  const written = await world.database.db.revision.findUniqueOrThrow({ where: { environmentKey_number: key } });
  expect(written).toMatchObject({ kind: "kill", entered: null, left: null });
  const releasing = releaseVersion(world.as("operator"), { id, environment: where.environment });
  await expect(refusal(releasing)).rejects.toThrow();
  const { revision: head } = await world.database.db.environment.findUniqueOrThrow({
    where: { key: where.environment },
  });
  expect(head).toBe(revision);
});
