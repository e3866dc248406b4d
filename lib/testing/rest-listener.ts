import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { portOf } from "../server/listen";
import { send } from "./rest";

/** The REST API's routes behind a socket, for callers that are programs of their own. */
export async function listenRest(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer(getRequestListener((request) => send(request)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
