import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../testing/database";
import { currentCatalogue } from "./current-catalogue";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  for (const key of ["plan", "spend"])
    await database.db.attribute.create({ data: { key, name: key, type: "string", description: "" } });
});
afterAll(() => database.drop());

async function names(): Promise<string[]> {
  return [...(await currentCatalogue(database.db)).attributes.values()].map(({ name }) => name);
}

function rename(key: string, name: string) {
  return (tx: Parameters<Parameters<TestDatabase["unprotected"]>[0]>[0]) =>
    tx.attribute.update({ where: { key }, data: { name } });
}

test("is read once, and anew after each change of a row, however soon", async () => {
  expect(await currentCatalogue(database.db)).toBe(await currentCatalogue(database.db));
  for (const name of ["a", "b", "c"]) {
    await database.unprotected(rename("plan", name));
    expect(await names()).toEqual([name, "spend"]);
  }
  await database.db.purpose.create({ data: { key: "ads", name: "Ads", lawfulBasis: "consent", description: "" } });
  expect((await currentCatalogue(database.db)).purposes.get("ads")?.name).toBe("Ads");
  await database.unprotected((tx) => tx.purpose.delete({ where: { key: "ads" } }));
  expect((await currentCatalogue(database.db)).purposes.size).toBe(0);
});

test("has what an earlier transaction committed after a later one", async () => {
  await database.unprotected(async (earlier) => {
    await rename("plan", "earlier")(earlier);
    await database.db.attribute.create({ data: { key: "z", name: "later", type: "string", description: "" } });
    expect(await names()).toEqual(["c", "spend", "later"]);
  });
  expect(await names()).toEqual(["earlier", "spend", "later"]);
});
