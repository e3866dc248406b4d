import { createServer, type Server } from "node:http";
import { Hono } from "hono";
import { afterEach, describe, expect, test } from "vitest";
import { createFront, type FastPlane, type Planes, planeOf } from "./front";
import { checkHealth, type HealthCheck, type HealthPart } from "./health";
import { closeServer, listen, portOf } from "./listen";
import { createRequestMetrics } from "./request-metrics";

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
  const checks: Partial<Record<HealthPart, HealthCheck>> = {};
  const metrics = createRequestMetrics();
  const front = createFront({ planes: opening.promise, health: () => checkHealth(checks), metrics, build: "1" });
  afterEach(() => closeServer(server));

  test("health names what is missing, requests wait for the start, and answers are counted", async () => {
    server = await listen(front, 0, "127.0.0.1");
    const address = `http://127.0.0.1:${portOf(server)}`;
    const waiting = fetch(`${address}/feed/v1/head`);

    checks.database = async () => undefined;
    checks.engine = () => Promise.reject(new Error("file is damaged"));
    const starting = await fetch(`${address}/healthz`);
    expect(starting.status).toBe(503);
    const missing = { migrations: "starting", engine: "file is damaged", console: "starting" };
    expect(await starting.json()).toEqual({ status: "not ready", missing });

    const app = new Hono().get("/feed/v1/head", (c) => c.text("head"));
    const serve: FastPlane["serve"] = ({ url }, response) => {
      if (url !== "/feed/v1/bundle") return false;
      response.end("bundle");
      return true;
    };
    opening.resolve({ feed: { app, serve }, pages: async (_request, response) => void response.end("page") });
    expect(await (await waiting).text()).toBe("head");
    expect(await (await fetch(`${address}/feed/v1/bundle`)).text()).toBe("bundle");
    expect(await (await fetch(`${address}/segments`)).text()).toBe("page");
    expect((await fetch(`${address}/ingest/v1/customers`)).status).toBe(404);

    for (const part of ["migrations", "engine", "console"] as const) checks[part] = async () => undefined;
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    const text = await (await fetch(`${address}/metrics`)).text();
    expect(text).toContain('steward_requests_total{plane="feed",status="2xx"} 2');
    expect(text).toContain('steward_requests_total{plane="operations",status="5xx"} 1');
    expect(text).toContain('steward_build_info{version="1"} 1');
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
