import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export type Heard = { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string };

export type WebhookListener = {
  /** As "http://127.0.0.1:43211". */
  readonly url: string;
  readonly port: number;
  readonly heard: readonly Heard[];
  /** How it answers from now on. */
  answer: (response: ServerResponse) => void;
  close(): Promise<void>;
};

/** Listens for webhooks at an address of this machine, any of 127.0.0.0/8, and answers 204 unless told otherwise. */
export async function startWebhookListener(host = "127.0.0.1", port = 0): Promise<WebhookListener> {
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    heard.push({ path: request.url ?? "", headers: request.headers, body });
    listener.answer(response);
  });
  const listening = Promise.withResolvers<void>();
  server.listen(port, host, () => listening.resolve());
  await listening.promise;
  const taken = (server.address() as AddressInfo).port;
  const listener: WebhookListener = {
    url: `http://${host}:${taken}`,
    port: taken,
    heard,
    answer: (response) => response.writeHead(204).end(),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return listener;
}
