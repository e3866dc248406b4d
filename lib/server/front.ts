import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import type { HealthReport } from "./health";
import { limitRefusals, type PageHandler } from "./refusal-limit";
import type { Plane, RequestMetrics } from "./request-metrics";

/** A Hono application, and what it can answer from memory without going through Hono. */
export type FastPlane = {
  app: { fetch: FetchHandler };
  serve?: (request: IncomingMessage, response: ServerResponse) => boolean;
};

/** What the port serves, once there is something to serve; the fast ones get their path as it came. */
export type Planes = Partial<Record<"feed" | "ingest", FastPlane>> & { pages: PageHandler };

export type FrontOptions = {
  /** Settles when the process is ready; requests that come before wait for it. */
  planes: Promise<Planes>;
  health: () => Promise<HealthReport>;
  metrics: RequestMetrics;
  build: string;
};

type FetchHandler = Parameters<typeof getRequestListener>[0];
type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

/** The listener of the one port: the feed and the machine's questions to Hono, everything else to the pages. */
export function createFront(options: FrontOptions): RequestListener {
  const operations = operationsListener(options);
  let ready: Record<Plane, Listener> | undefined;
  const opened = options.planes.then((planes) => {
    ready = {
      operations,
      feed: fastListener(planes.feed),
      ingest: fastListener(planes.ingest),
      console: limitRefusals(planes.pages),
    };
    return ready;
  });
  opened.catch(() => undefined);

  return (request, response) => {
    const plane = planeOf(request.url ?? "/");
    response.once("finish", () => options.metrics.count(plane, response.statusCode));
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

function operationsListener({ health, metrics, build }: FrontOptions): Listener {
  const app = new Hono();
  app.get("/healthz", async (c) => {
    const report = await health();
    return c.json(report, report.status === "ready" ? 200 : 503, { "cache-control": "no-store" });
  });
  app.get("/metrics", (c) => c.text(metrics.text(build), 200, { "content-type": "text/plain; version=0.0.4" }));
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
