import type { LastGoodStore } from "./last-good";

/**
 * Two files with the same content, written one after the other, each to a temporary file that is synced and renamed:
 * wherever the process or the machine stops, one of them is whole. Both are replaced each time, so that what was erased
 * at the feed stays in neither.
 */
export async function openLastGoodFile(path: string): Promise<LastGoodStore> {
  // Loaded here, so that runtimes without files can load everything else.
  const [{ open, readFile, rename }, { dirname }] = await Promise.all([
    import("node:fs/promises"),
    import("node:path"),
  ]);
  const copies = [path, `${path}.copy`];

  async function replace(copy: string, bytes: Uint8Array): Promise<void> {
    const temporary = `${copy}.writing`;
    const file = await open(temporary, "w", 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, copy);
    await syncFolder();
  }

  /** Makes the new name last; not every system lets a folder be opened. */
  async function syncFolder(): Promise<void> {
    const folder = await open(dirname(path), "r").catch(() => null);
    await folder?.sync().catch(() => undefined);
    await folder?.close();
  }

  return {
    /** What cannot be read is not there: when it is written, the same fault is told. */
    async read() {
      const found = await Promise.all(copies.map((copy) => readFile(copy).catch(() => null)));
      return found.flatMap((bytes) => (bytes === null ? [] : [new Uint8Array(bytes)]));
    },
    async write(bytes) {
      for (const copy of copies) await replace(copy, bytes);
    },
  };
}
