import type { IncomingMessage } from "node:http";

/** What whoever answers knows of a request, for the access log: names, never a secret and never a customer. */
export type RequestNote = { readonly requestId: string; readonly key?: string };

const noted = Symbol("noted");
type Notable = IncomingMessage & { [noted]?: RequestNote };

export function noteRequest(request: Notable, note: RequestNote): void {
  request[noted] = note;
}

export function noteOf(request: Notable): RequestNote | undefined {
  return request[noted];
}
