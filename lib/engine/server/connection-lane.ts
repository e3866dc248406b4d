import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";

/** A few connections that take turns: at most so many statements run, the others wait in order. */
export type ConnectionLane = {
  /** Waits for a free connection; gives up waiting when the signal aborts. */
  use<T>(signal: AbortSignal | undefined, work: (connection: DuckDBConnection) => Promise<T>): Promise<T>;
  close(): void;
};

type Waiter = { readonly admit: (connection: DuckDBConnection) => void; readonly refuse: (reason: unknown) => void };

export async function openLane(instance: DuckDBInstance, size: number): Promise<ConnectionLane> {
  const connections = await Promise.all(Array.from({ length: size }, () => instance.connect()));
  const free = [...connections];
  const waiting: Waiter[] = [];

  function acquire(signal: AbortSignal | undefined): Promise<DuckDBConnection> {
    signal?.throwIfAborted();
    const ready = free.pop();
    if (ready) return Promise.resolve(ready);
    return new Promise((resolve, reject) => {
      const leave = () => {
        waiting.splice(waiting.indexOf(waiter), 1);
        reject(signal?.reason);
      };
      const waiter: Waiter = {
        admit: (connection) => {
          signal?.removeEventListener("abort", leave);
          resolve(connection);
        },
        refuse: reject,
      };
      signal?.addEventListener("abort", leave, { once: true });
      waiting.push(waiter);
    });
  }

  function release(connection: DuckDBConnection): void {
    const next = waiting.shift();
    if (next) next.admit(connection);
    else free.push(connection);
  }

  return {
    async use(signal, work) {
      const connection = await acquire(signal);
      try {
        return await work(connection);
      } finally {
        release(connection);
      }
    },
    close() {
      for (const waiter of waiting.splice(0)) waiter.refuse(new Error("The engine is closed."));
      for (const connection of connections) connection.closeSync();
    },
  };
}
