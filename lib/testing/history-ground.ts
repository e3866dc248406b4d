import { type DuckDbEngine, openDuckDbEngine } from "../engine/server/duckdb-engine";
import { createTestDatabase } from "./database";
import { testActor } from "./feed-fixture";
import { changeOf, computedAttributes, customersOf, historyAttributes, historyBegin, order } from "./history-catalogue";
import { historySegments } from "./history-steps";
import { beginHistory, type History } from "./history-world";

/** A database and an engine in which many histories happen, each with an environment and customers of its own. */
export type HistoryGround = {
  begin(): Promise<History>;
  close(): Promise<void>;
};

/** An engine that has seen many histories is slow to read. */
const historiesOfEngine = 200;

export async function prepareHistories(): Promise<HistoryGround> {
  const database = await createTestDatabase();
  const segments = Array.from({ length: historySegments }, (_, n) => `s${n}`);
  await database.unprotected(async (tx) => {
    await tx.person.create({ data: { id: testActor.id, email: testActor.email, name: "Admin", roles: ["admin"] } });
    for (const id of segments) {
      await tx.segment.create({ data: { id, key: id, name: id, criticality: "operational" } });
      await tx.version.create({
        data: { id, segmentId: id, number: 1, document: {}, contentHash: id, authorId: testActor.id },
      });
    }
  });
  const computed = computedAttributes();
  const engines: Promise<DuckDbEngine>[] = [];
  let begun = 0;
  return {
    async begin() {
      const number = begun;
      begun += 1;
      if (number % historiesOfEngine === 0) {
        engines.push(openEngine(number));
        // Whoever happened in the one before the last is over.
        await (await engines.at(-3))?.close();
      }
      const engine = await engines[Math.floor(number / historiesOfEngine)];
      if (!engine) throw new Error("The engine is not open.");
      return beginHistory(number, { database, engine, computed });
    },
    async close() {
      for (const engine of engines.slice(-2)) await (await engine).close();
      await database.drop();
    },
  };
}

/** With the customers of all histories that are to happen in it. */
async function openEngine(first: number): Promise<DuckDbEngine> {
  const engine = await openDuckDbEngine(":memory:");
  await engine.addAttributes(historyAttributes);
  await engine.addEventTypes([order]);
  // Its statements are small: sharing one out costs more than it saves.
  const connection = await engine.connect();
  await connection.run("SET threads = 1");
  connection.closeSync();
  const numbers = Array.from({ length: historiesOfEngine }, (_, n) => first + n);
  const changes = numbers.flatMap((number) =>
    customersOf(number).map((id, n) =>
      changeOf(id, { region: n % 2 === 0 ? "eu" : "us", plan: "pro", seen: historyBegin }),
    ),
  );
  await engine.ingest({ changes }, historyBegin);
  return engine;
}
