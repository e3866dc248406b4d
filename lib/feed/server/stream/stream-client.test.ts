import { createServer, get, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { createStreamClient, unsentAtMost } from "./stream-client";

/** A response to somebody who takes nothing. */
async function toNobody(): Promise<ServerResponse> {
  const asked = Promise.withResolvers<ServerResponse>();
  const server = createServer((_, response) => asked.resolve(response.writeHead(200)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const request = get({ port: (server.address() as AddressInfo).port, agent: false }, (response) => response.pause());
  request.on("error", () => undefined);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return asked.promise;
}

test("who takes nothing is ended, and no more is kept for them than is said", async () => {
  const response = await toNobody();
  let ended = 0;
  const client = createStreamClient(response, () => {
    ended += 1;
  });
  const frame = Buffer.alloc(65_536, "x");
  let most = 0;
  while (!client.isClosed()) {
    client.write(frame);
    most = Math.max(most, response.writableLength);
    await new Promise(setImmediate);
  }
  client.write(frame);
  expect(most).toBeLessThan(unsentAtMost + 2 * frame.length);
  expect([ended, response.writableEnded]).toEqual([1, true]);
  client.destroy();
  await client.drained();
});

test("who takes nothing between two heartbeats is ended, and not who has taken all", async () => {
  const [slow, idle] = [await toNobody(), await toNobody()];
  const [slowClient, idleClient] = [slow, idle].map((response) => createStreamClient(response, () => undefined));
  while (!slow.writableNeedDrain) {
    slowClient?.write(Buffer.alloc(65_536, "x"));
    await new Promise(setImmediate);
  }
  for (let beat = 0; beat < 3; beat += 1) {
    slowClient?.beat();
    idleClient?.beat();
    await new Promise(setImmediate);
  }
  expect([slowClient?.isClosed(), idleClient?.isClosed()]).toEqual([true, false]);
});
