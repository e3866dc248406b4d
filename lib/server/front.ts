import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import type { Access } from "./access-log";
import type { HealthReport } from "./health";
import type { Metrics } from "./metrics";
import { limitRefusals, type PageHandler } from "./refusal-limit";
import { noteOf } from "./request-note";

export type Plane = "console" | "feed" | "ingest" | "operations";

/** A Hono application, and what it can answer from memory without going through Hono. */
export type FastPlane = {
  app: { fetch: FetchHandler };
  serve?: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** The call that an address is for, in one of a few words. */
  callNameOf?: (url: string) => string;
};

/** What the port serves, once there is something to serve; the fast ones get their path as it came. */
export type Planes = Partial<Record<"feed" | "ingest", FastPlane>> & { pages?: PageHandler };

export type FrontOptions = {
  /** Settles when the process is ready; requests that come before wait for it. */
  planes: Promise<Planes>;
  health: () => Promise<HealthReport>;
  metrics: Metrics;
  /** Told of each request once it is over. */
  accessLog?: ((access: Access) => void) | null;
  /** Once it is, every answer ends its connection, so that whoever asks goes elsewhere. */
  stopping?: { readonly hasBegun: boolean };
};

type FetchHandler = Parameters<typeof getRequestListener>[0];
type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

/** The listener of the one port: the feed and the machine's questions to Hono, everything else to the pages. */
export function createFront(options: FrontOptions): RequestListener {
  const { metrics, accessLog, stopping } = options;
  const operations = operationsListener(options);
  const names: Partial<Record<Plane, (url: string) => string>> = { console: consoleCallOf, operations: pathOf };
  let ready: Record<Plane, Listener> | undefined;
  const opened = options.planes.then((planes) => {
    for (const plane of ["feed", "ingest"] as const) names[plane] = planes[plane]?.callNameOf;
    ready = {
      operations,
      feed: fastListener(planes.feed),
      ingest: fastListener(planes.ingest),
      console: planes.pages ? limitRefusals(planes.pages) : fastListener(undefined),
    };
    return ready;
  });
  opened.catch(() => undefined);

  return (request, response) => {
    const begun = performance.now();
    const { url = "/", method = "" } = request;
    const plane = planeOf(url);
    if (stopping?.hasBegun) response.shouldKeepAlive = false;
    response.once("close", () => {
      const ms = performance.now() - begun;
      const status = response.writableFinished ? response.statusCode : 0;
      const call = names[plane]?.(url) ?? plane;
      metrics.answered({ plane, call, status, seconds: ms / 1000 });
      accessLog?.({ plane, call, method, status, ms, note: noteOf(request) });
    });
    if (plane === "operations") return void operations(request, response);
    if (ready) return void ready[plane](request, response);
    opened.then((listeners) => listeners[plane](request, response)).catch(() => response.destroy());
  };
}

export function planeOf(url: string): Plane {
  if (isBelow(url, "/feed")) return "feed";
  if (isBelow(url, "/ingest")) return "ingest";
  if (isAt(url, "/healthz") || isAt(url, "/metrics")) return "operations";
  return "console";
}

function isBelow(url: string, path: string): boolean {
  return isAt(url, path) || url.startsWith(`${path}/`);
}

function isAt(url: string, path: string): boolean {
  return url.startsWith(path) && (url.length === path.length || url[path.length] === "?");
}

function consoleCallOf(url: string): string {
  if (url.startsWith("/api/")) return "api";
  return url.startsWith("/_next/") ? "asset" : "page";
}

function pathOf(url: string): string {
  return url.startsWith("/metrics") ? "metrics" : "healthz";
}

function operationsListener({ health, metrics, stopping }: FrontOptions): Listener {
  const app = new Hono();
  app.get("/healthz", async (c) => {
    const report = stopping?.hasBegun ? ({ status: "stopping", missing: {} } as const) : await health();
    const serves = report.status === "ready" || report.status === "degraded";
    return c.json(report, serves ? 200 : 503, { "cache-control": "no-store" });
  });
  app.get("/metrics", async (c) => {
    return c.text(await metrics.registry.metrics(), 200, { "content-type": metrics.registry.contentType });
  });
  return getRequestListener(app.fetch, { overrideGlobalObjects: false });
}

function fastListener(plane: FastPlane | undefined): Listener {
  const app = plane?.app ?? new Hono().notFound((c) => c.body(JSON.stringify(nothingHere), 404, problemHeaders));
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const serve = plane?.serve;
  if (!serve) return listener;
  return (request, response) => {
    if (!serve(request, response)) return listener(request, response);
  };
}

const problemHeaders = { "content-type": "application/problem+json" };
const nothingHere = {
  type: "about:blank",
  title: "Not found",
  status: 404,
  code: "not-found",
  detail: "There is nothing here.",
};
