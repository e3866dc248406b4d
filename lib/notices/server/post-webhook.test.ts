import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startWebhookListener, type WebhookListener } from "../../testing/webhook-listener";
import { type Posting, postWebhook } from "./post-webhook";

const allowed = { mayBePrivate: true } satisfies Posting;
const impatient = { ...allowed, limits: { connectMs: 1_000, totalMs: 1_500 } } satisfies Posting;

let listener: WebhookListener;
beforeEach(async () => {
  listener = await startWebhookListener();
});
afterEach(() => listener.close());

function post(url: string, posting: Posting): Promise<number> {
  return postWebhook({ url, headers: { "steward-event": "webhook.test" }, body: '{"a":"ü"}' }, posting);
}

/** Resolves names as it is told, one answer after another; the last stays. */
function resolver(...answers: string[][]) {
  let asked = 0;
  const resolve = async () => answers[Math.min(asked++, answers.length - 1)] ?? [];
  return { resolve, asked: () => asked };
}

test("a delivery is posted as JSON, with the name of the endpoint as its host", async () => {
  const { resolve } = resolver(["127.0.0.1"]);
  expect(await post(`http://hooks.example.test:${listener.port}/a?b=c`, { ...allowed, resolve })).toBe(204);
  expect(listener.heard).toEqual([
    {
      path: "/a?b=c",
      body: '{"a":"ü"}',
      headers: expect.objectContaining({
        host: `hooks.example.test:${listener.port}`,
        "content-type": "application/json",
        "content-length": "10",
        "steward-event": "webhook.test",
      }),
    },
  ]);
});

describe("what is not of the public internet is not connected to", () => {
  const guarded = { mayBePrivate: false };

  test.each([
    ["https://127.0.0.1/"],
    ["https://2130706433/"],
    ["https://0x7f.0.0.1/"],
    ["https://0177.0.0.1/"],
    ["https://127.1/"],
    ["https://[::1]/"],
    ["https://[::ffff:7f00:1]/"],
    ["http://example.com/"],
  ])("%s", async (url) => {
    await expect(post(url, guarded)).rejects.toMatchObject({ name: "NoAnswer" });
  });

  test.each([
    ["127.0.0.1"],
    ["10.1.2.3"],
    ["169.254.169.254"],
    ["100.64.0.1"],
    ["::1"],
    ["::ffff:127.0.0.1"],
    ["64:ff9b::7f00:1"],
    ["2002:7f00:1::"],
    ["fd00::1"],
  ])("a name that leads to %s", async (address) => {
    const { resolve } = resolver([address]);
    await expect(post("https://hooks.example.test/", { ...guarded, resolve })).rejects.toThrow(/public/);
  });

  test("a name with one public address and one that is not", async () => {
    const { resolve } = resolver(["8.8.8.8", "127.0.0.1"]);
    await expect(post("https://hooks.example.test/", { ...guarded, resolve })).rejects.toThrow(/public/);
  });

  test("a name without any address", async () => {
    const { resolve } = resolver([]);
    await expect(post("https://hooks.example.test/", { ...guarded, resolve })).rejects.toThrow(/no address/);
  });
});

test("a name that leads elsewhere at the second asking is asked once: the checked address is connected to", async () => {
  const elsewhere = await startWebhookListener("127.0.0.2", listener.port);
  const names = resolver(["127.0.0.1"], ["127.0.0.2"]);
  expect(await post(`http://rebinding.example.test:${listener.port}/`, { ...allowed, resolve: names.resolve })).toBe(
    204,
  );
  expect(names.asked()).toBe(1);
  expect(elsewhere.heard).toEqual([]);
  await elsewhere.close();
});

test("a redirect is an answer, and is not followed", async () => {
  const target = await startWebhookListener();
  listener.answer = (response) => response.writeHead(307, { location: target.url }).end();
  expect(await post(listener.url, allowed)).toBe(307);
  expect(target.heard).toEqual([]);
  await target.close();
});

test("an answer without end is read to a limit, and its status counts", async () => {
  const closed = Promise.withResolvers<void>();
  listener.answer = (response) => {
    response.on("close", closed.resolve);
    const more = () => {
      while (response.write(Buffer.alloc(16_384)));
      response.once("drain", more);
    };
    more();
  };
  expect(await post(listener.url, allowed)).toBe(200);
  await closed.promise;
});

test("an answer that trickles is left when the time is over, and its status counts", async () => {
  listener.answer = (response) => void response.writeHead(202).write("slowly");
  expect(await post(listener.url, impatient)).toBe(202);
});

test("no answer in time is none", async () => {
  listener.answer = () => undefined;
  await expect(post(listener.url, impatient)).rejects.toThrow("No answer within 1.5 s.");
});

test("a name that nobody resolves in time is no answer", async () => {
  const resolve = () => new Promise<string[]>(() => undefined);
  await expect(post("http://hooks.example.test/", { ...impatient, resolve })).rejects.toThrow(
    "No answer within 1.5 s.",
  );
});

test("a connection that is not made in time, or is refused, is no answer", async () => {
  const { port } = listener;
  const limits = { connectMs: 100, totalMs: 5_000 };
  await expect(post("http://192.0.2.1/", { ...allowed, limits })).rejects.toMatchObject({ name: "NoAnswer" });
  await listener.close();
  await expect(post(`http://127.0.0.1:${port}/`, allowed)).rejects.toThrow("ECONNREFUSED");
});

test("an endpoint for whose certificate nobody vouches is told nothing", async () => {
  const server = new SMTPServer({ secure: true });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  const { resolve } = resolver(["127.0.0.1"]);
  await expect(post(`https://hooks.example.test:${port}/`, { ...allowed, resolve })).rejects.toThrow(
    /CERT|SELF_SIGNED/,
  );
  await new Promise<void>((done) => server.close(done));
});
