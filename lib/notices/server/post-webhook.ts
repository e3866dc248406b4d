import { lookup } from "node:dns/promises";
import { request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIPv6, type LookupFunction } from "node:net";
import { isPublicAddress } from "../public-address";
import { addressIn, refusedWebhookUrl } from "../webhook-url";

/** The addresses that a name has now. */
export type Resolve = (host: string) => Promise<readonly string[]>;

export type PostLimits = { readonly connectMs: number; readonly totalMs: number };

export type Posting = {
  /** Whether http, any port and private networks are let in. */
  readonly mayBePrivate: boolean;
  readonly resolve?: Resolve;
  readonly limits?: PostLimits;
};

export type WebhookPost = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Why there was no answer, in words for those who keep the endpoint. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

const usualLimits: PostLimits = { connectMs: 5_000, totalMs: 10_000 };
const readAtMostBytes = 65_536;

/**
 * Posts JSON and gives the status of the answer. Connects to an address that was checked, and to no other: a name that
 * leads elsewhere at its second asking is not asked twice. Follows no redirect and keeps nothing of the answer.
 */
export async function postWebhook(post: WebhookPost, posting: Posting): Promise<number> {
  const { mayBePrivate, resolve = resolveBySystem, limits = usualLimits } = posting;
  const refused = refusedWebhookUrl(post.url, mayBePrivate);
  if (refused) throw new NoAnswer(refused);
  const url = new URL(post.url);
  const ending = AbortSignal.timeout(limits.totalMs);
  try {
    const addresses = await before(ending, addressesOf(url, resolve));
    if (addresses.length === 0) throw new NoAnswer("Its name has no address.");
    if (!mayBePrivate && !addresses.every(isPublicAddress)) {
      throw new NoAnswer("Its name leads to an address that is not one of the public internet.");
    }
    return await send(url, post, { addresses, ending, connectMs: limits.connectMs });
  } catch (error) {
    if (ending.aborted) throw new NoAnswer(`No answer within ${limits.totalMs / 1000} s.`);
    throw error instanceof NoAnswer ? error : new NoAnswer(codeOf(error));
  }
}

type Sending = { readonly addresses: readonly string[]; readonly ending: AbortSignal; readonly connectMs: number };

async function send(url: URL, { headers, body }: WebhookPost, sending: Sending): Promise<number> {
  const answered = Promise.withResolvers<IncomingMessage>();
  const options: RequestOptions = {
    method: "POST",
    headers: { ...headers, "content-type": "application/json", "content-length": Buffer.byteLength(body) },
    lookup: lookupIn(sending.addresses),
    signal: sending.ending,
    agent: false,
  };
  const request = (url.protocol === "https:" ? httpsRequest : httpRequest)(url, options);
  const unconnected = setTimeout(
    () => request.destroy(new NoAnswer(`No connection within ${sending.connectMs / 1000} s.`)),
    sending.connectMs,
  );
  request.once("socket", (socket) => {
    socket.once(url.protocol === "https:" ? "secureConnect" : "connect", () => clearTimeout(unconnected));
  });
  request.once("response", answered.resolve);
  request.on("error", answered.reject);
  request.end(body);
  try {
    const answer = await answered.promise;
    await drain(answer);
    return answer.statusCode ?? 0;
  } finally {
    clearTimeout(unconnected);
    request.destroy();
  }
}

/** Reads on for good manners, so that whoever answers is not cut off: to the end, the limit, or the end of time. */
async function drain(answer: IncomingMessage): Promise<void> {
  let bytes = 0;
  try {
    for await (const chunk of answer) {
      bytes += (chunk as Buffer).length;
      if (bytes >= readAtMostBytes) return;
    }
  } catch {
    // The status is known, and that is the answer.
  }
}

async function addressesOf(url: URL, resolve: Resolve): Promise<readonly string[]> {
  const literal = addressIn(url);
  return literal === null ? await resolve(url.hostname) : [literal];
}

async function resolveBySystem(host: string): Promise<string[]> {
  const found = await lookup(host, { all: true, verbatim: true });
  return found.map(({ address }) => address);
}

function lookupIn(addresses: readonly string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
  return (_, { all }, done) => {
    const [first] = found;
    if (all) done(null, found);
    else done(null, first?.address ?? "", first?.family);
  };
}

function before<T>(ending: AbortSignal, work: Promise<T>): Promise<T> {
  const ended = new Promise<never>((_, reject) => {
    ending.addEventListener("abort", () => reject(ending.reason), { once: true });
  });
  return Promise.race([work, ended]);
}

function codeOf(error: unknown): string {
  if (error instanceof Error && "code" in error) return String(error.code);
  return error instanceof Error ? error.message : String(error);
}
