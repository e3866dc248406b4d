import type { RequestListener, Server } from "node:http";
import { createServer } from "node:http";
import { StartError } from "./start-error";

const drainMs = 3000;

/** Proxies keep connections for a minute; what they think is open must not have ended here a moment before. */
const limits = { keepAliveTimeout: 75_000, headersTimeout: 15_000, requestTimeout: 300_000 };
const connectionsAtMost = 20_000;

/** Listens, or throws a StartError that says what to do about the port. */
export async function listen(listener: RequestListener, port: number, host: string | undefined): Promise<Server> {
  const server = createServer(limits, listener);
  server.maxConnections = connectionsAtMost;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host }, () => {
      server.off("error", reject);
      resolve();
    });
  }).catch((error: Error) => {
    throw portError(error, port);
  });
  return server;
}

export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server does not listen on a port.");
  return address.port;
}

/** Takes no new connection, lets running requests end for a moment, then ends what is left, open streams too. */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), drainMs);
  await closed;
  clearTimeout(timer);
}

function portError(error: Error, port: number): Error {
  const code = "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") {
    return new StartError("portTaken", `Port ${port} is taken by another program. Choose one with --port or PORT.`);
  }
  if (code === "EACCES") {
    return new StartError("portTaken", `Port ${port} is not open to this user. Choose one above 1023.`);
  }
  if (code === "ENOTFOUND" || code === "EADDRNOTAVAIL") {
    return new StartError("usage", "STEWARD_HOST is not a name or an address of this machine.");
  }
  return error;
}
