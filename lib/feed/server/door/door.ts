import type { IncomingMessage } from "node:http";
import { noteRequest } from "../../../server/request-note";
import { callNameOf } from "../../call-name";
import type { Feed } from "../feed";
import type { FeedKey } from "./keyring";
import { FeedRefusal, sendProblem } from "./problems";
import { nextRequestId } from "./request-id";
import type { Admitted } from "./serve";

const addressAtMost = 8_192;
/** Made once: what is refused thousands of times a second is not to cost a stack each. */
const refusals = {
  addressTooLong: new FeedRefusal("address-too-long"),
  bodyNotRead: new FeedRefusal("body-not-read"),
  missingKey: new FeedRefusal("missing-key"),
  unknownKey: new FeedRefusal("unknown-key"),
};
const withoutKey = new Set(["openapi.json", "docs", "other"]);

/**
 * Refuses what no call has to be looked at for, without a framework around it. False, with nothing written, where the
 * request may go on; `key` is what the memory says of its key.
 */
export function refuseAtTheDoor(feed: Pick<Feed, "tarpit">, { key, request, response }: Admitted): boolean {
  const refusal = refusalOf(request, key);
  if (refusal === null) return false;
  const requestId = nextRequestId();
  noteRequest(request, { requestId });
  // What was sent along is not read, so nothing else can come over this connection.
  if (refusal.code === "body-not-read") response.shouldKeepAlive = false;
  const isGuess = refusal.code === "unknown-key" || refusal.code === "missing-key";
  const held = isGuess ? feed.tarpit.hold(response) : Promise.resolve();
  void held.then(() => sendProblem(response, refusal, requestId));
  return true;
}

function refusalOf({ method, url = "", headers }: IncomingMessage, key: FeedKey | null | undefined) {
  if (url.length > addressAtMost) return refusals.addressTooLong;
  const reads = method === "GET" || method === "HEAD";
  if (reads && bringsBody(headers)) return refusals.bodyNotRead;
  // Whoever shows the key in the address is told so.
  if (key !== null || !reads || url.includes("stw_") || withoutKey.has(callNameOf(url))) return null;
  return headers.authorization === undefined ? refusals.missingKey : refusals.unknownKey;
}

function bringsBody(headers: IncomingMessage["headers"]): boolean {
  return headers["transfer-encoding"] !== undefined || (headers["content-length"] ?? "0") !== "0";
}
