/**
 * A value the whole process shares. Next's bundle and server.ts load their own instance of each module,
 * so module variables would be two; the global symbol registry is one.
 */
export type ProcessSingleton<T> = {
  find: () => T | undefined;
  require: () => T;
  set: (value: T) => void;
  clear: () => void;
};

export function processSingleton<T>(name: string): ProcessSingleton<T> {
  const values = processValues();
  return {
    find: () => values.get(name) as T | undefined,
    require: () => {
      if (!values.has(name)) throw new Error(`${name} was asked for before the process had opened it.`);
      return values.get(name) as T;
    },
    set: (value) => void values.set(name, value),
    clear: () => void values.delete(name),
  };
}

function processValues(): Map<string, unknown> {
  const scope = globalThis as typeof globalThis & { [registry]?: Map<string, unknown> };
  scope[registry] ??= new Map();
  return scope[registry];
}

const registry = Symbol.for("steward.process");
