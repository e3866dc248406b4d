import type { Server } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { createAccessLog } from "./access-log";
import { claimDataFolder } from "./data-folder";
import { createFront, type Planes } from "./front";
import type { HealthReport } from "./health";
import { closeServer, listen, portOf } from "./listen";
import { log } from "./log";
import { countProcess, createMetrics, type Metrics } from "./metrics";
import type { Settings } from "./settings";
import type { Shutdown } from "./shutdown";

export type OpenPort = {
  readonly server: Server;
  readonly metrics: Metrics;
  /** As people or programs use it. */
  readonly address: string;
  /** From now on requests are answered; those that came before have waited. */
  serve(planes: Planes): void;
  /** Lets requests that run end, and takes none. */
  close(): Promise<void>;
  /** Says so in /healthz and ends each connection with its next answer, for so long; still answers all. */
  leave(forMs: number): Promise<void>;
};

type Opening = {
  readonly settings: Settings;
  readonly shutdown: Shutdown;
  readonly build: string;
  readonly health: () => Promise<HealthReport>;
};

/** Claims the data folder and listens: health is answered from then on, everything else waits. */
export async function openPort({ settings, shutdown, build, health }: Opening): Promise<OpenPort> {
  const opening = Promise.withResolvers<Planes>();
  const metrics = createMetrics();
  countProcess(metrics, build);
  const stopping = { hasBegun: false };
  const accessLog = createAccessLog(settings.accessLog, log);
  const front = createFront({ planes: opening.promise, ...{ health, metrics, accessLog, stopping } });
  const folder = await claimDataFolder(settings.dataFolder, settings.publicUrl ?? `port ${settings.port}`);
  shutdown.add("data folder", folder.release);
  const server = await listen(front, settings.port, settings.host);
  const close = () => closeServer(server);
  shutdown.add("port", close);
  return {
    ...{ server, metrics, close },
    address: settings.publicUrl ?? `http://localhost:${portOf(server)}`,
    serve: opening.resolve,
    async leave(forMs) {
      stopping.hasBegun = true;
      await pause(forMs);
    },
  };
}
