import { createEventType } from "../events/server/create-event-type";
import { createKeyring } from "../feed/server/door/keyring";
import { createIngestApp, type IngestApp, type IngestDependencies } from "../ingest/http";
import type { IngestAnswer } from "../ingest/wire";
import { createTestKey, createWorld } from "./feed-fixture";

/** What the clock of ingest says in these tests. */
export const ingestNow = Date.parse("2026-11-21T12:00:00Z");

const order = {
  ...{ key: "order", name: "Order", description: "" },
  properties: [{ key: "amount", name: "Amount", type: "number" as const }],
};

export type IngestWorld = Awaited<ReturnType<typeof createIngestWorld>>;

/** A world with a key for residents of the EU, ingest before it, and whom it has told of as touched. */
export async function createIngestWorld() {
  const world = await createWorld();
  await createEventType(world.ctx, order, world.engine);
  const { secret } = await createTestKey(world.ctx, { regions: ["eu"], rights: ["ingest"] });
  const told: [readonly string[], string][] = [];
  let ids = 0;

  async function open(more: Partial<IngestDependencies> = {}): Promise<IngestApp> {
    return createIngestApp({
      ...{ db: world.db, engine: () => world.engine, keyring: await createKeyring(world.db), now: () => ingestNow },
      touched: (customers, cause) => void told.push([customers, cause]),
      ...more,
    });
  }

  const ingest = await open();

  async function post(
    target: string,
    body: BodyInit,
    headers: Record<string, string> = {},
    { app } = ingest,
  ): Promise<Response> {
    const request = { method: "POST", headers: { authorization: `Bearer ${secret}`, ...headers }, body };
    return app.request(`/v1/${target}`, request);
  }

  /** Lines as they are, or as JSON. */
  async function send(target: string, lines: readonly unknown[]): Promise<IngestAnswer> {
    const text = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n");
    const response = await post(target, text);
    if (response.status !== 200) throw new Error(`Ingest answered ${response.status}.`);
    return response.json();
  }

  const fresh = (prefix: string) => `${prefix}${ids++}`;
  const visit = (customerId: string, more: object = {}) => ({
    ...{ id: fresh("e"), customerId, type: "order", at: "2026-11-21T11:30:00Z", ...more },
  });
  const close = async () => {
    await ingest.close();
    await world.close();
  };
  return { ...world, key: secret, ingest, open, post, send, fresh, visit, told, close };
}

/** Line and code of what was refused. */
export function rejectedCodes({ rejected }: IngestAnswer): [number, string][] {
  return rejected.map(({ line, code }) => [line, code]);
}
