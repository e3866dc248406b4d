import { createServer, type Server } from "node:http";
import { Hono } from "hono";
import { afterEach, describe, expect, test } from "vitest";
import type { Access } from "./access-log";
import { createFront, type FastPlane, type Planes, planeOf } from "./front";
import { checkHealth, type HealthChecks } from "./health";
import { closeServer, listen, portOf } from "./listen";
import { countProcess, createMetrics } from "./metrics";

test.each([
  ["/", "console"],
  ["/feed", "feed"],
  ["/feed?environment=production", "feed"],
  ["/feed/v1/head", "feed"],
  ["/feedback", "console"],
  ["/ingest/v1/customers", "ingest"],
  ["/healthz", "operations"],
  ["/healthz?verbose", "operations"],
  ["/healthz/more", "console"],
  ["/metrics", "operations"],
  ["//feed/v1", "console"],
])("%s is of the %s plane", (url, plane) => {
  expect(planeOf(url)).toBe(plane);
});

describe("the front", () => {
  let server: Server;
  const opening = Promise.withResolvers<Planes>();
  const checks: HealthChecks = {};
  const metrics = createMetrics();
  countProcess(metrics, "1");
  const accessed: Access[] = [];
  const stopping = { hasBegun: false };
  const front = createFront({
    planes: opening.promise,
    health: () => checkHealth(checks, { needed: ["database", "engine"], wanted: ["console"] }),
    accessLog: (access) => void accessed.push(access),
    metrics,
    stopping,
  });
  afterEach(() => closeServer(server));

  test("health names what is missing, requests wait for the start, and answers are counted", async () => {
    server = await listen(front, 0, "127.0.0.1");
    const address = `http://127.0.0.1:${portOf(server)}`;
    const waiting = fetch(`${address}/feed/v1/head`);

    checks.database = async () => undefined;
    checks.engine = () => Promise.reject(new Error("file is damaged"));
    const starting = await fetch(`${address}/healthz`);
    expect(starting.status).toBe(503);
    const missing = { engine: "file is damaged", console: "starting" };
    expect(await starting.json()).toEqual({ status: "not ready", missing });

    const app = new Hono().get("/feed/v1/head", (c) => c.text("head"));
    const serve: FastPlane["serve"] = ({ url }, response) => {
      if (url !== "/feed/v1/bundle") return false;
      response.end("bundle");
      return true;
    };
    const callNameOf = () => "pull";
    opening.resolve({
      feed: { app, serve, callNameOf },
      pages: async (_request, response) => void response.end("page"),
    });
    expect(await (await waiting).text()).toBe("head");
    expect(await (await fetch(`${address}/feed/v1/bundle`)).text()).toBe("bundle");
    expect(await (await fetch(`${address}/segments`)).text()).toBe("page");
    expect((await fetch(`${address}/ingest/v1/customers`)).status).toBe(404);

    checks.engine = async () => undefined;
    const degraded = await fetch(`${address}/healthz`);
    expect([degraded.status, await degraded.json()]).toMatchObject([200, { status: "degraded" }]);
    checks.console = async () => undefined;
    expect(await (await fetch(`${address}/healthz`)).json()).toEqual({ status: "ready", missing: {} });
    const text = await (await fetch(`${address}/metrics`)).text();
    expect(text).toContain('steward_requests_total{plane="feed",call="pull",status="2xx"} 2');
    expect(text).toContain('steward_requests_total{plane="operations",call="healthz",status="5xx"} 1');
    expect(text).toContain('steward_request_seconds_count{plane="feed",call="pull",status="2xx"} 2');
    expect(text).toContain('steward_build_info{version="1"} 1');
    expect(accessed.map(({ plane, call }) => `${plane} ${call}`)).toContain("console page");
  });

  test("once it stops, health says so first and every answer ends its connection", async () => {
    server = await listen(front, 0, "127.0.0.1");
    const address = `http://127.0.0.1:${portOf(server)}`;
    expect((await fetch(`${address}/feed/v1/bundle`)).headers.get("connection")).toBe("keep-alive");
    stopping.hasBegun = true;
    const health = await fetch(`${address}/healthz`);
    expect([health.status, await health.json()]).toMatchObject([503, { status: "stopping" }]);
    const answer = await fetch(`${address}/feed/v1/bundle`);
    expect([answer.status, answer.headers.get("connection")]).toEqual([200, "close"]);
  });
});

test("a taken port is told by its number and what to do", async () => {
  const other = await new Promise<Server>((resolve) => {
    const taken = createServer().listen(0, "127.0.0.1", () => resolve(taken));
  });
  const port = portOf(other);
  await expect(listen(() => undefined, port, "127.0.0.1")).rejects.toMatchObject({
    failure: "portTaken",
    message: expect.stringContaining(`Port ${port} is taken`),
  });
  await closeServer(other);
});
