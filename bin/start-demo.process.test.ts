import { expect, test } from "vitest";
import { expectToServe, freshInstallation, until } from "../lib/testing/fresh-installation";

const installation = freshInstallation();
const smallDemo = { STEWARD_DEMO_CUSTOMERS: "2000" };

test("a demo that was killed half made is wiped and made again, whole and once", async () => {
  const killed = installation.start(["--port", "0"], smallDemo);
  await until(() => killed.output().includes("Making the demo data."));
  await until(() => installation.holds("customers.duckdb.wal"));
  await installation.kill(killed);
  const next = installation.start(["--port", "0"], smallDemo);
  await expectToServe(await next.ready);
  expect(next.output()).toContain("The first start was interrupted");
  expect(next.output()).toContain("author@demo.steward");
});
