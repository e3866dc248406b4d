import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { fairTurns, type TurnLimits, type TurnOptions } from "./fair-turns";

/** People take turns here, each with a connection of its own: so many statements run, the others wait. */
export type ConnectionLane = {
  /** Waits for a turn; see `FairTurns.take`. The turn ends when the connection is closed. */
  connect(options?: TurnOptions): Promise<LaneConnection>;
  use<T>(options: TurnOptions | undefined, work: (connection: DuckDBConnection) => Promise<T>): Promise<T>;
  close(): void;
};

export type LaneConnection = { readonly connection: DuckDBConnection; close(): void };

export function openLane(instance: DuckDBInstance, limits: TurnLimits): ConnectionLane {
  const turns = fairTurns(limits);
  const open = new Set<DuckDBConnection>();

  async function connect(options?: TurnOptions): Promise<LaneConnection> {
    const endTurn = await turns.take(options);
    try {
      const connection = await instance.connect();
      open.add(connection);
      return { connection, close: () => end(connection, endTurn) };
    } catch (error) {
      endTurn();
      throw error;
    }
  }

  function end(connection: DuckDBConnection, endTurn: () => void): void {
    if (open.delete(connection)) connection.closeSync();
    endTurn();
  }

  return {
    connect,
    async use(options, work) {
      const { connection, close } = await connect(options);
      try {
        return await work(connection);
      } finally {
        close();
      }
    },
    close() {
      turns.close(new Error("The engine is closed."));
      for (const connection of open) connection.closeSync();
      open.clear();
    },
  };
}
