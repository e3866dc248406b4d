import { join } from "node:path";
import { readWhole, writeWhole } from "./whole-file";

export type Copy<Value> = { readonly number: number; readonly value: Value };

/** A value on disk, and the one before it: whoever is killed while writing, or finds the newest damaged, has another. */
export type TwoCopies<Value> = {
  /** The newest that is whole; null where there is none. */
  read(): Promise<Copy<Value> | null>;
  /** In the place of the older one; on the disk when it settles. Gives its number. */
  write(value: Value): Promise<number>;
  /** In the place of both: what they held is gone. */
  replace(value: Value): Promise<number>;
};

/** `format` is of the values: what was written in another is not read. */
export function createTwoCopies<Value>(folder: string, name: string, format: number): TwoCopies<Value> {
  const files = [0, 1].map((slot) => join(folder, `${name}-${slot}.json`));
  let newest: number | undefined;

  async function read(): Promise<Copy<Value> | null> {
    const copies = await Promise.all(files.map((file) => readCopy<Value>(file, format)));
    const whole = copies.filter((copy) => copy !== null).sort((a, b) => b.number - a.number);
    newest = whole[0]?.number ?? 0;
    return whole[0] ?? null;
  }

  async function write(value: Value): Promise<number> {
    if (newest === undefined) await read();
    newest = (newest ?? 0) + 1;
    await writeWhole(files[newest % 2] ?? "", JSON.stringify({ format, number: newest, value }));
    return newest;
  }

  return {
    read,
    write,
    async replace(value) {
      await write(value);
      return write(value);
    },
  };
}

type File<Value> = Copy<Value> & { readonly format: number };

async function readCopy<Value>(file: string, format: number): Promise<Copy<Value> | null> {
  const text = await readWhole(file);
  if (text === null) return null;
  const copy = JSON.parse(text) as File<Value>;
  return copy.format === format ? copy : null;
}
