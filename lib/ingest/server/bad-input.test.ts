import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeServer, portOf } from "../../server/listen";
import { createIngestWorld, type IngestWorld, ingestNow, rejectedCodes } from "../../testing/ingest-fixture";
import type { RejectCode } from "../reject";
import type { IngestTarget } from "../targets";
import type { IngestAnswer } from "../wire";

/** What is wrong with a line, by a socket, between two that are right. */
let world: IngestWorld;
let server: Server;
let address: string;
beforeAll(async () => {
  world = await createIngestWorld();
  const app = new Hono().route("/ingest", world.ingest.app);
  server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${portOf(server)}/ingest/v1`;
});
afterAll(async () => {
  await closeServer(server);
  await world.close();
});

const customer = (attributes: string) => `{"id":"bad","attributes":${attributes}}`;
const event = (more: string) => `{"id":"bad-event","customerId":"bad","type":"order",${more}}`;
const nested = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;
/** Rows that name whom a bad line speaks of, by place. */
const nothing = expect.toSatisfy((traces: object) => Object.values(traces).every((rows) => rows === 0));
/** A lone surrogate as bytes, which UTF-8 has no place for. */
const surrogateBytes = Buffer.concat([Buffer.from('{"id":"bad'), Buffer.of(0xed, 0xa0, 0xbd), Buffer.from('"}')]);

const cases: readonly [string, IngestTarget, string | Buffer, RejectCode][] = [
  ["an unknown attribute", "customers", customer('{"pln":"x"}'), "unknown-attribute"],
  ["a name that every object keeps for itself", "customers", customer('{"__proto__":"x"}'), "unknown-field"],
  ["the same, escaped", "customers", '{"id":"bad","\\u005f_\\u0070roto__":{}}', "unknown-field"],
  ["an attribute named as what objects have", "customers", customer('{"constructor":"x"}'), "unknown-attribute"],
  ["a value of another type", "customers", customer('{"spend":"7"}'), "wrong-type"],
  ["a number beyond all numbers", "customers", customer('{"spend":1e999}'), "wrong-type"],
  ["an event of tomorrow", "events", event(`"at":${ingestNow + 86_400_000}`), "in-the-future"],
  ["an instant that no clock shows", "events", event('"at":1e300'), "wrong-value"],
  ["a value of a megabyte", "customers", customer(`{"plan":"${"x".repeat(1024 ** 2)}"}`), "line-too-long"],
  ["a value of 200 KB", "customers", customer(`{"plan":"${"x".repeat(200_000)}"}`), "value-too-long"],
  ["nine values within each other", "customers", customer(nested(9)), "too-deep"],
  ["50,000 values within each other", "customers", customer(nested(50_000)), "too-deep"],
  ["a field twice", "customers", '{"id":"bad","id":"bad"}', "duplicate-field"],
  ["an attribute twice", "customers", customer('{"plan":"x","plan":"x"}'), "duplicate-field"],
  ["a field twice, once escaped", "customers", '{"id":"bad","\\u0069d":"bad"}', "duplicate-field"],
  ["a null byte", "customers", customer('{"plan":"x\0"}'), "null-byte"],
  ["an escaped null byte", "customers", customer('{"plan":"x\\u0000"}'), "null-byte"],
  ["half of a surrogate pair", "customers", customer('{"plan":"\\ud83d"}'), "lone-surrogate"],
  ["the other half, as an id", "events", event('"at":1').replace("bad-event", "\\udc4d"), "lone-surrogate"],
  ["half of a pair as bytes", "customers", surrogateBytes, "not-unicode"],
];

function joined(parts: readonly (string | Buffer)[], [before, between, behind]: readonly [string, string, string]) {
  const pieces = parts.flatMap((part, index) => [index === 0 ? before : between, part]);
  return Buffer.concat([...pieces, behind].map((piece) => Buffer.from(piece)));
}

async function send(target: IngestTarget, body: Buffer): Promise<IngestAnswer> {
  const headers = { authorization: `Bearer ${world.key}` };
  const response = await fetch(`${address}/${target}`, { method: "POST", headers, body: new Uint8Array(body) });
  expect(response.status).toBe(200);
  return response.json();
}

describe.each([
  ["by lines", ["", "\n", "\n"]],
  ["in an array", ["[", ",", "]"]],
] as const)("%s", (_title, marks) => {
  test.each(cases)(
    "%s is refused as documented, and what stands around it is kept",
    async (_name, target, bad, code) => {
      const around = [world.fresh("before-"), world.fresh("after-")] as const;
      const good = around.map((id) =>
        JSON.stringify(target === "customers" ? { id, attributes: { plan: id } } : world.visit(id, { id })),
      );
      const answer = await send(target, joined([good[0] ?? "", bad, good[1] ?? ""], marks));
      expect(answer).toMatchObject({ accepted: 2, repeated: 0, rejectedTotal: 1 });
      expect(rejectedCodes(answer)).toEqual([[2, code]]);
      expect(answer.rejected[0]?.message.length).toBeLessThan(500);
      if (target === "events") {
        const again = await send(target, joined(good, marks));
        expect(again).toMatchObject({ accepted: 2, repeated: 2 });
      } else for (const id of around) expect((await world.engine.get(id))?.attributes).toEqual({ plan: id });
      expect(await world.engine.traces(["bad"])).toEqual(nothing);
    },
  );
});

test("one bad line among 10,000 customers costs no other", async () => {
  const ids = Array.from({ length: 10_000 }, (_, n) => `of-many-${n}`);
  const lines = ids.map((id) => JSON.stringify({ id, attributes: { spend: 1 } }));
  lines[4_999] = customer('{"spend":"one"}');
  const before = await world.engine.population();
  const answer = await send("customers", joined(lines, ["", "\n", "\n"]));
  expect(answer).toMatchObject({ accepted: 9_999, repeated: 0, rejectedTotal: 1 });
  expect(rejectedCodes(answer)).toEqual([[5_000, "wrong-type"]]);
  expect(await world.engine.population()).toBe(before + 9_999);
});
