import { operations } from "../http/openapi";
import type { Operation } from "../http/operation";

/** What a place in an address stands for, by what comes before it: "segments" for /api/v1/segments/{key}. */
export type Places = Readonly<Record<string, string>>;

/** What is sent to an operation beside its address; "METHOD /path" is its name. */
export type Sent = { readonly query?: string; readonly body?: unknown };

export function operationName({ method, path }: Operation): string {
  return `${method} ${path}`;
}

export type CrawledCall = { readonly operation: Operation; readonly address: string; readonly body: unknown };

/**
 * One call of every operation there is, those that only read first. Throws where nobody said what a place in an address
 * stands for: an operation that is new is crawled from its first day.
 */
export function crawl(places: Places, sent: Readonly<Record<string, Sent>>): CrawledCall[] {
  const reading = operations.filter(({ method }) => method === "GET");
  const writing = operations.filter(({ method }) => method !== "GET");
  return [...reading, ...writing].map((operation) => {
    const { query = "", body = {} } = sent[operationName(operation)] ?? {};
    return { operation, address: `${addressOf(operation, places)}${query}`, body: operation.body ? body : undefined };
  });
}

function addressOf({ path }: Operation, places: Places): string {
  return path.replace(/([a-z-]+)\/\{\w+\}/g, (_, resource: string) => {
    const place = places[resource];
    if (place === undefined) throw new Error(`Nobody said which of ${resource} to ask for in ${path}.`);
    return `${resource}/${encodeURIComponent(place)}`;
  });
}
