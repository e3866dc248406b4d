import type { ClientEvents } from "./api";

type Name = keyof ClientEvents;
type Listener<Key extends Name> = (event: ClientEvents[Key]) => void;
type Listeners = { readonly [Key in Name]: Set<Listener<Key>> };

export type Emitter = {
  on<Key extends Name>(name: Key, listener: Listener<Key>): () => void;
  emit<Key extends Name>(name: Key, event: ClientEvents[Key]): void;
};

/** What a listener throws is the listener's: it is thrown where no caller of ours is in the way. */
export function createEmitter(): Emitter {
  const listeners: Listeners = {
    ...{ change: new Set(), members: new Set() },
    ...{ refused: new Set(), error: new Set(), recovered: new Set() },
  };
  return {
    on(name, listener) {
      listeners[name].add(listener);
      return () => void listeners[name].delete(listener);
    },
    emit(name, event) {
      for (const listener of [...listeners[name]]) queueMicrotask(() => listener(event));
    },
  };
}
