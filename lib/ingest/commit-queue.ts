/** So much may wait; `group` items at most are committed at once. */
export type QueueLimits = { readonly items: number; readonly bytes: number; readonly group: number };

export type Piece = { readonly items: number; readonly bytes: number };

export type CommitQueue<P extends Piece, Outcome> = {
  /** Whether somebody new should come back later. */
  isFull(): boolean;
  /** Waits until there is room; the outcome comes once the piece is committed. */
  put(piece: P): Promise<{ readonly outcome: Promise<Outcome> }>;
  /** What is held, waiting or being committed. */
  held(): { readonly items: number; readonly bytes: number };
  /** Settles when nothing is held any more. */
  settled(): Promise<void>;
};

type Entry<P, Outcome> = { readonly piece: P; readonly settle: PromiseWithResolvers<Outcome> };

/**
 * One writer behind a bounded queue: while one group is being committed, the next gathers. Whoever finds no room waits,
 * in the order of coming, so that what is held never exceeds the limits but for a piece that is larger than they are.
 */
export function commitQueue<P extends Piece, Outcome>(
  limits: QueueLimits,
  commit: (pieces: readonly P[]) => Promise<readonly Outcome[]>,
): CommitQueue<P, Outcome> {
  const entries: Entry<P, Outcome>[] = [];
  const waiting: (() => void)[] = [];
  let [items, bytes] = [0, 0];
  let working: Promise<void> | undefined;

  const fits = (piece: Piece) =>
    items === 0 || (items + piece.items <= limits.items && bytes + piece.bytes <= limits.bytes);

  function nextGroup(): Entry<P, Outcome>[] {
    const group: Entry<P, Outcome>[] = [];
    let size = 0;
    for (let next = entries[0]; next && (size === 0 || size + next.piece.items <= limits.group); next = entries[0]) {
      group.push(next);
      size += next.piece.items;
      entries.shift();
    }
    return group;
  }

  async function work(): Promise<void> {
    for (let group = nextGroup(); group.length > 0; group = nextGroup()) {
      await settleGroup(group);
      for (const { piece } of group) {
        items -= piece.items;
        bytes -= piece.bytes;
      }
      for (const go of waiting.splice(0)) go();
    }
    working = undefined;
  }

  async function settleGroup(group: readonly Entry<P, Outcome>[]): Promise<void> {
    try {
      const outcomes = await commit(group.map(({ piece }) => piece));
      for (const [index, { settle }] of group.entries()) {
        const outcome = outcomes[index];
        if (outcome === undefined) settle.reject(new Error("A piece was committed without an outcome."));
        else settle.resolve(outcome);
      }
    } catch (error) {
      for (const { settle } of group) settle.reject(error);
    }
  }

  return {
    isFull: () => waiting.length > 0 || items >= limits.items || bytes >= limits.bytes,
    async put(piece) {
      while (!fits(piece)) await new Promise<void>((resolve) => waiting.push(resolve));
      const settle = Promise.withResolvers<Outcome>();
      // Whoever put it may be waiting for room for the next piece when it fails.
      settle.promise.catch(() => undefined);
      items += piece.items;
      bytes += piece.bytes;
      entries.push({ piece, settle });
      working ??= Promise.resolve().then(work);
      return { outcome: settle.promise };
    },
    held: () => ({ items, bytes }),
    settled: async () => working,
  };
}
