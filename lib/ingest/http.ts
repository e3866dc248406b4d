import { Hono, type Context as HonoContext } from "hono";
import { erasedCustomers } from "../audit/server/erased-customers";
import type { Keyring } from "../feed/server/door/keyring";
import { nextRequestId } from "../feed/server/door/request-id";
import type { Database } from "../server/database";
import { log } from "../server/log";
import { commitQueue, type QueueLimits } from "./commit-queue";
import { createArrivalLog } from "./server/arrival-log";
import {
  commitPieces,
  type IngestEngine,
  type IngestPiece,
  type LineOutcome,
  type Touched,
} from "./server/commit-pieces";
import { knownVocabulary } from "./server/load-vocabulary";
import { IngestRefusal, refusalResponse } from "./server/problems";
import { type IngestKey, type IngestQueue, receiveBody } from "./server/receive-body";
import { type IngestTarget, ingestTargets } from "./targets";

export type IngestDependencies = {
  readonly db: Database;
  readonly engine: () => IngestEngine;
  readonly keyring: Pick<Keyring, "find">;
  /** Told after each commit whose profile, events or statements are new. */
  readonly touched: Touched;
  readonly now?: () => number;
  readonly limits?: Partial<IngestLimits>;
};

export type IngestLimits = QueueLimits & {
  /** Calls that are being read at a time. */
  readonly calls: number;
  readonly bodyBytes: number;
};

const usualLimits: IngestLimits = {
  ...{ items: 20_000, bytes: 32 * 1024 ** 2, group: 5_000 },
  ...{ calls: 64, bodyBytes: 128 * 1024 ** 2 },
};

export type IngestApp = {
  /** To be mounted at /ingest. */
  readonly app: Hono;
  readonly queue: Pick<IngestQueue, "held">;
  /** Writes down what was counted, once everything that was taken is kept. */
  readonly close: () => Promise<void>;
};

export function createIngestApp(dependencies: IngestDependencies): IngestApp {
  const { db, engine, keyring, touched, now = Date.now } = dependencies;
  const limits = { ...usualLimits, ...dependencies.limits };
  const erased = erasedCustomers(db);
  const queue = commitQueue<IngestPiece, LineOutcome[]>(limits, (pieces) =>
    commitPieces(pieces, { engine, erased, touched, now }),
  );
  const arrivals = createArrivalLog(db, now);
  const receiving = { queue, vocabulary: knownVocabulary(db), arrivals, now, mostBytes: limits.bodyBytes };
  let calls = 0;

  async function receive(c: HonoContext, target: IngestTarget): Promise<Response> {
    const key = await requireKey(c, keyring);
    const body = bodyOf(c, limits.bodyBytes);
    if (calls >= limits.calls || queue.isFull()) throw new IngestRefusal("too-much-at-once", 1);
    calls += 1;
    try {
      const answer = await receiveBody(body, { target, key }, receiving);
      return c.json(answer, 200, { "cache-control": "no-store", "x-request-id": nextRequestId() });
    } finally {
      calls -= 1;
    }
  }

  const app = new Hono();
  app.onError(answerError);
  app.use("*", async (c, next) => {
    if (new URL(c.req.url).search.includes("stw_")) throw new IngestRefusal("key-in-address");
    await next();
  });
  for (const target of ingestTargets) {
    app.post(`/v1/${target}`, (c) => receive(c, target));
    app.all(`/v1/${target}`, () => {
      throw new IngestRefusal("method-not-allowed");
    });
  }
  app.all("*", () => {
    throw new IngestRefusal("not-found");
  });
  return {
    app,
    queue,
    async close() {
      await queue.settled();
      await arrivals.close();
    },
  };
}

async function requireKey(c: HonoContext, keyring: Pick<Keyring, "find">): Promise<IngestKey> {
  const authorization = c.req.header("authorization");
  if (authorization === undefined) throw new IngestRefusal("missing-key");
  const key = await keyring.find(authorization);
  if (!key) throw new IngestRefusal("unknown-key");
  if (!key.rights.has("ingest")) throw new IngestRefusal("missing-right");
  return key;
}

/** What comes, unpacked. Nothing is read of what says that it is too large, or packed as nobody knows. */
function bodyOf(c: HonoContext, mostBytes: number): AsyncIterable<Uint8Array> {
  const encoding = c.req.header("content-encoding")?.trim().toLowerCase() ?? "identity";
  if (encoding !== "identity" && encoding !== "gzip") throw new IngestRefusal("unknown-encoding");
  if (Number(c.req.header("content-length") ?? 0) > mostBytes) throw new IngestRefusal("body-too-large");
  const body = c.req.raw.body;
  return body === null ? nothing() : readable(encoding === "gzip" ? body.pipeThrough(gunzip()) : body);
}

async function* readable(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch {
    throw new IngestRefusal("unreadable-body");
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

function gunzip(): ReadableWritablePair<Uint8Array, BufferSource> {
  return new DecompressionStream("gzip");
}

function answerError(error: Error): Response {
  const requestId = nextRequestId();
  if (error instanceof IngestRefusal) return refusalResponse(error, requestId);
  log.error({ err: error, requestId }, "a call of ingest failed");
  return refusalResponse(new IngestRefusal("unavailable", 5), requestId);
}
