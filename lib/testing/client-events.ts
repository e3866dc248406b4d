import type { Client, ClientEvents } from "../client/api";

/** The next event of a name; to be asked for before what brings it about. */
export function nextEvent<Name extends keyof ClientEvents>(client: Client, name: Name): Promise<ClientEvents[Name]> {
  return new Promise((resolve) => {
    const off = client.on(name, (event) => {
      off();
      resolve(event);
    });
  });
}

/** Once an event of the name is such. */
export function eventWhere<Name extends keyof ClientEvents>(
  client: Client,
  name: Name,
  holds: (event: ClientEvents[Name]) => boolean,
): Promise<ClientEvents[Name]> {
  return new Promise((resolve) => {
    const off = client.on(name, (event) => {
      if (!holds(event)) return;
      off();
      resolve(event);
    });
  });
}
