import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createToken } from "../../access/server/tokens";
import { closeDatabase, openDatabase } from "../../server/database";
import { createGovernance, documentOf, type Governance } from "../../testing/governance";
import { send } from "../../testing/rest";

/** Longer than a busy machine takes to see that a browser has gone. */
const lockHeld = { timeout: 20_000 };

let world: Governance;
let token: string;
let arrived = Promise.withResolvers<{ request: Request; answer: Promise<Response> }>();
const server = createServer(
  getRequestListener(
    (request) => {
      const answer = send(request);
      arrived.resolve({ request, answer });
      return answer;
    },
    { overrideGlobalObjects: false },
  ),
);

beforeAll(async () => {
  world = await createGovernance();
  openDatabase(world.database.url);
  token = (await createToken(world.as("author", new Date()), { name: "test" })).secret;
  await once(server.listen(0, "127.0.0.1"), "listening");
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await closeDatabase();
  await world.close();
});

function ask(signal?: AbortSignal): Promise<Response> {
  arrived = Promise.withResolvers();
  const { port } = server.address() as AddressInfo;
  return fetch(`http://127.0.0.1:${port}/api/v1/previews`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ document: documentOf("draft") }),
    ...(signal ? { signal } : {}),
  });
}

test("a preview whose browser has asked anew is not counted, and the next one is", async () => {
  const browser = new AbortController();
  await world.database.db.$transaction(async (tx) => {
    // Holds the question up before it is counted, until the browser is gone.
    await tx.$executeRaw`LOCK TABLE "Attribute" IN ACCESS EXCLUSIVE MODE`;
    const asked = ask(browser.signal);
    const { request } = await arrived.promise;
    const gone = once(request.signal, "abort");
    browser.abort();
    await expect(asked).rejects.toThrow(/abort/i);
    await gone;
  }, lockHeld);
  expect((await (await arrived.promise).answer).status).toBe(499);
  const next = await ask();
  expect([next.status, await next.json()]).toMatchObject([200, { members: 160 }]);
});
