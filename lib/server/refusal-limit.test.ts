import type { Server } from "node:http";
import { afterEach, beforeEach, expect, test } from "vitest";
import { closeServer, listen, portOf } from "./listen";
import { limitRefusals } from "./refusal-limit";

let server: Server;
let address: string;
let handled: number;
beforeEach(async () => {
  handled = 0;
  const handle = limitRefusals(async (request, response) => {
    handled += 1;
    response.statusCode = request.headers["x-sound"] ? 200 : 422;
    response.end();
  });
  server = await listen((request, response) => void handle(request, response), 0, "127.0.0.1");
  address = `http://127.0.0.1:${portOf(server)}/api/v1/previews`;
});
afterEach(() => closeServer(server));

async function send(token: string, more: Record<string, string> = {}, method = "POST"): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, ...more };
  const answer = await fetch(address, { method, headers, ...(method === "POST" ? { body: "x".repeat(100_000) } : {}) });
  return answer;
}

async function refuse(token: string, times: number): Promise<void> {
  for (let sent = 0; sent < times; sent++) expect((await send(token)).status).toBe(422);
}

test("who keeps sending what is refused is told to wait, and costs no more", async () => {
  await refuse("loop", 20);
  const limited = await send("loop", { "x-sound": "yes" });
  expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, expect.stringMatching(/^[12]$/)]);
  expect(await limited.json()).toMatchObject({ status: 429, code: "too-many-refusals" });
  expect(handled).toBe(20);
});

test("nobody else is kept out, and neither is a question without a body", async () => {
  await refuse("loop", 20);
  expect((await send("other", { "x-sound": "yes" })).status).toBe(200);
  expect((await send("loop", { "x-sound": "yes" }, "GET")).status).toBe(200);
});

test("what is taken does not count, however much it is", async () => {
  for (let sent = 0; sent < 30; sent++) expect((await send("busy", { "x-sound": "yes" })).status).toBe(200);
});
