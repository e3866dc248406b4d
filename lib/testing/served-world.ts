import { get } from "node:http";
import type { FeedDefinition } from "../feed/wire";
import { createWorld, type World } from "./feed-fixture";

export const onPlan = { attribute: "plan", operator: "is_set" as const };

/** A world with a segment for each way in which scopes differ: region, purpose, customers by hand, environment. */
export async function createServedWorld(): Promise<World> {
  const world = await createWorld();
  await world.engine.upsert([
    { id: "eu-1", region: "eu", consents: ["marketing"], objections: [], attributes: { plan: "pro", spend: 10 } },
    { id: "us-1", region: "us", consents: [], objections: [], attributes: { plan: "pro", spend: 20 } },
    { id: "nowhere", consents: [], objections: [], attributes: { plan: "pro" } },
  ]);
  await world.release({ key: "both", rule: onPlan, treatments: { pool: "standard" }, precedence: 1 });
  await world.release({ key: "only-us", rule: onPlan, regions: ["us"] });
  await world.release({
    key: "only-marketing",
    rule: onPlan,
    purposes: ["marketing"],
    treatments: { pool: "vip" },
    precedence: 5,
  });
  await world.release({
    key: "by-hand",
    rule: { attribute: "spend", operator: "greater_than", value: 1000 },
    include: ["eu-1", "us-1", "unheard-of"].map((customerId) => ({ customerId, reason: "asked" })),
    exclude: [{ customerId: "us-1", reason: "asked" }],
  });
  await world.release({ key: "in-staging", rule: onPlan, environment: "staging" });
  return world;
}

export type RawAnswer = { readonly headers: NodeJS.Dict<string | string[]>; readonly body: Buffer };
export type PulledBundle = { revision: number; segments: FeedDefinition[]; text: string };

/** Pulls as a consumer does. */
export function consumerOf(feed: { readonly url: string }) {
  function pull(path: string, secret?: string, headers: Record<string, string> = {}): Promise<Response> {
    const authorization: Record<string, string> = secret ? { authorization: `Bearer ${secret}` } : {};
    return fetch(`${feed.url}/${path}`, { headers: { ...authorization, ...headers } });
  }
  async function bundleOf(secret: string): Promise<PulledBundle> {
    const response = await pull("production/bundle", secret);
    const text = await response.text();
    if (response.status !== 200) throw new Error(`The bundle answered ${response.status}: ${text}`);
    return { ...JSON.parse(text), text };
  }
  /** As sent, where fetch would unpack it. */
  function pullRaw(path: string, secret: string, encoding = "identity"): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${secret}`, "accept-encoding": encoding };
      get(`${feed.url}/${path}`, { headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => resolve({ headers: response.headers, body: Buffer.concat(chunks) }));
      }).on("error", reject);
    });
  }
  return { pull, bundleOf, pullRaw };
}
