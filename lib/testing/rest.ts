import { join } from "node:path";
import { operations } from "../http/openapi";
import type { HttpMethod } from "../http/operation";

const origin = "http://steward.test";
const folder = join(import.meta.dirname, "../../app");

type Handler = (request: Request, segment: { params: Promise<Record<string, string>> }) => Promise<Response>;

export type RestAnswer = {
  readonly status: number;
  readonly headers: Headers;
  /** What the test looks into by `toMatchObject`; parsed by the operation's schema where it is needed typed. */
  readonly body: Record<string, unknown>;
};

/** Sends a request to the route file that Next would take for its address. */
export async function send(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  for (const { method, path } of operations) {
    const match = method === request.method ? patternOf(path).exec(pathname) : null;
    if (!match) continue;
    const file = join(folder, path.replaceAll("{", "[").replaceAll("}", "]"), "route.ts");
    const module: Partial<Record<HttpMethod, Handler>> = await import(file);
    const handler = module[method];
    if (!handler) throw new Error(`${file} does not answer ${method}.`);
    return handler(request, { params: Promise.resolve({ ...match.groups }) });
  }
  throw new Error(`No operation is ${request.method} ${pathname}.`);
}

/** A caller with a personal token: `as("POST", "/api/v1/segments", { document })`. */
export function caller(token: string) {
  return async (method: HttpMethod, path: string, body?: unknown): Promise<RestAnswer> => {
    const isForm = body instanceof FormData;
    const response = await send(
      new Request(origin + path, {
        method,
        headers: { authorization: `Bearer ${token}`, ...(isForm ? {} : { "content-type": "application/json" }) },
        ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === "" ? {} : JSON.parse(text) };
  };
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`);
}
