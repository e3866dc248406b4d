import { readBody } from "./read-body";
import { StewardError, stewardError } from "./steward-error";

export type Asked = {
  /** Below the feed's address, as "/head". */
  readonly path: string;
  readonly accept: string;
  readonly etag?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON by POST. */
  readonly body?: object;
  /** Ends the request, in place of the patience of a minute. */
  readonly until?: AbortSignal;
};

/** Asks the feed. Throws a StewardError for whatever is not the answer that was asked for. */
export type Request = (asked: Asked) => Promise<Response>;

export type Address = {
  readonly url: string;
  readonly key: string;
  readonly fetch: typeof fetch;
  /** Aborted when the client closes. */
  readonly closing: AbortSignal;
};

/** For an answer and its body. */
const patienceMilliseconds = 60_000;

/** A redirect is not followed: the key goes nowhere but where it was meant to. */
export function createRequest({ url, key, fetch, closing }: Address): Request {
  const open = new Set<AbortController>();
  const endAll = () => {
    for (const each of open) each.abort();
  };
  closing.addEventListener("abort", endAll, { once: true });

  function endingAt(until = AbortSignal.timeout(patienceMilliseconds)): AbortSignal {
    const controller = new AbortController();
    open.add(controller);
    until.addEventListener("abort", () => open.delete(controller) && controller.abort(), { once: true });
    if (closing.aborted) controller.abort();
    return controller.signal;
  }

  return async ({ path, accept, etag, headers, body, until }) => {
    const response = await fetch(`${url}${path}`, {
      method: body === undefined ? "GET" : "POST",
      redirect: "manual",
      signal: endingAt(until),
      headers: {
        ...headers,
        accept,
        authorization: `Bearer ${key}`,
        ...(etag !== undefined && { "if-none-match": etag }),
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      throw stewardError(error);
    });
    if (response.status === 304 && etag !== undefined) return response;
    if (!response.ok) throw await failureOf(response, path);
    const type = (response.headers.get("content-type") ?? "none").split(";")[0]?.trim().toLowerCase();
    if (type === accept) return response;
    await response.body?.cancel();
    throw new StewardError("wrong-content-type", `${path} answered with ${type} instead of ${accept}.`);
  };
}

const mostProblemBytes = 64 * 1024;

async function failureOf(response: Response, path: string): Promise<StewardError> {
  const { status } = response;
  const feedCode = await problemCode(response);
  const message = `${path} answered ${status}${feedCode === undefined ? "" : ` ${feedCode}`}.`;
  return new StewardError(failureCode(status, feedCode), message, {
    feedCode,
    retryAfterSeconds: retryAfter(response.headers.get("retry-after")),
  });
}

function failureCode(status: number, feedCode: string | undefined) {
  if (feedCode === "missing-right") return "missing-right";
  if (status === 401 || status === 403) return "key-refused";
  if (status === 429) return "too-many-requests";
  return status >= 500 ? "server-error" : "unexpected-status";
}

async function problemCode(response: Response): Promise<string | undefined> {
  try {
    const problem: unknown = JSON.parse(new TextDecoder().decode(await readBody(response, mostProblemBytes)));
    const code: unknown = typeof problem === "object" && problem !== null && "code" in problem ? problem.code : null;
    return typeof code === "string" ? code.slice(0, 100) : undefined;
  } catch {
    return undefined;
  }
}

/** Seconds; the form with a date is not used by the feed. */
function retryAfter(header: string | null): number | undefined {
  return header !== null && /^\d{1,6}$/.test(header) ? Number(header) : undefined;
}
