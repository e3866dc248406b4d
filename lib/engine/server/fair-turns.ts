import { DomainError } from "../../errors";

/** `for` names whoever waits for the answer; what nobody waits for is asked by one more person. */
export type TurnOptions = { readonly signal?: AbortSignal | undefined; readonly for?: string | undefined };

/** `size` turns run at a time, `each` of them one person's at most. A named person waits no longer than `patienceMs`. */
export type TurnLimits = { readonly size: number; readonly each?: number; readonly patienceMs?: number };

/** People taking turns. Next is whoever has the fewest; among them, who has waited longest. */
export type FairTurns = {
  /**
   * Waits for a turn and gives the function that ends it. Gives up waiting when the signal aborts, and after
   * `patienceMs` with `DomainError("blocked", reason "busy")`.
   */
  take(options?: TurnOptions): Promise<() => void>;
  /** Refuses everybody who waits. */
  close(reason: unknown): void;
};

type Waiter = { readonly person: string; admit(): void; refuse(reason: unknown): void };

export function fairTurns({ size, each = size, patienceMs }: TurnLimits): FairTurns {
  const turns = new Map<string, number>();
  const waiting: Waiter[] = [];
  let running = 0;

  const turnsOf = (person: string) => turns.get(person) ?? 0;
  const count = (person: string, change: 1 | -1) => {
    running += change;
    turns.set(person, turnsOf(person) + change);
    if (turnsOf(person) === 0) turns.delete(person);
  };

  function admitNext(): void {
    if (running >= size) return;
    const fewest = Math.min(...waiting.map(({ person }) => turnsOf(person)));
    const next = waiting.find(({ person }) => turnsOf(person) === fewest);
    if (!next || fewest >= each) return;
    remove(next);
    count(next.person, 1);
    next.admit();
  }

  function remove(waiter: Waiter): void {
    waiting.splice(waiting.indexOf(waiter), 1);
  }

  function end(person: string): void {
    count(person, -1);
    admitNext();
  }

  async function take({ signal, for: name }: TurnOptions = {}): Promise<() => void> {
    signal?.throwIfAborted();
    const person = name ?? "";
    return new Promise((resolve, reject) => {
      const giveUp = (reason: unknown) => {
        remove(waiter);
        waiter.refuse(reason);
      };
      const onAbort = () => giveUp(signal?.reason);
      const patience =
        name === undefined || patienceMs === undefined ? undefined : setTimeout(giveUp, patienceMs, busy());
      const settle = () => {
        clearTimeout(patience);
        signal?.removeEventListener("abort", onAbort);
      };
      const waiter: Waiter = {
        person,
        admit() {
          settle();
          resolve(() => end(person));
        },
        refuse(reason) {
          settle();
          reject(reason);
        },
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      waiting.push(waiter);
      admitNext();
    });
  }

  return {
    take,
    close(reason) {
      for (const waiter of waiting.splice(0)) waiter.refuse(reason);
    },
  };
}

/** Does the work when its turn comes. */
export async function inTurn<T>(turns: FairTurns, options: TurnOptions, work: () => Promise<T>): Promise<T> {
  const endTurn = await turns.take(options);
  try {
    return await work();
  } finally {
    endTurn();
  }
}

function busy(): DomainError {
  const message = "More is being counted than can be at once, and no turn came in time. Try again in a moment.";
  return new DomainError("blocked", message, { reason: "busy" });
}
