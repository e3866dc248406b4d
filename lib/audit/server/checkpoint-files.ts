import { createReadStream } from "node:fs";
import { type FileHandle, mkdir, open, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { type Checkpoint, checkpointIn, lineHash } from "../checkpoint";

export type CheckpointLine = {
  readonly file: string;
  /** From 1. */
  readonly number: number;
  readonly text: string;
  /** Null where a crash cut the line off. */
  readonly checkpoint: Checkpoint | null;
};

const dayFile = /^\d{4}-\d{2}-\d{2}\.ndjson$/;
/** More than the longest line: what is read of a file to know its last one. */
const tailBytes = 4_096;

/** Every line of every file in order, a day's after that of the day before; from that day on, where one is given. */
export async function* readCheckpointLines(folder: string, fromDay = ""): AsyncGenerator<CheckpointLine> {
  for (const file of (await dayFiles(folder)).filter((name) => name >= fromDay)) {
    let number = 0;
    for await (const text of createInterface({ input: createReadStream(join(folder, file)) })) {
      number++;
      if (text !== "") yield { file, number, text, checkpoint: checkpointIn(text) };
    }
  }
}

export type LastCheckpoint = { readonly file: string; readonly checkpoint: Checkpoint; readonly lineHash: string };

/** The newest whole line, or null where there is none. */
export async function findLastCheckpoint(folder: string): Promise<LastCheckpoint | null> {
  for (const file of (await dayFiles(folder)).reverse()) {
    for (const text of (await readTail(join(folder, file))).split("\n").reverse()) {
      const checkpoint = checkpointIn(text);
      if (checkpoint) return { file, checkpoint, lineHash: lineHash(text) };
    }
  }
  return null;
}

/** Adds a line to the day's file, or to a later one that is there already, and waits until it lies on the disk. */
export async function appendCheckpoint(folder: string, checkpoint: Checkpoint): Promise<string> {
  await mkdir(folder, { recursive: true });
  const day = `${checkpoint.at.slice(0, 10)}.ndjson`;
  const newest = (await dayFiles(folder)).at(-1) ?? "";
  const path = join(folder, newest > day ? newest : day);
  const text = JSON.stringify(checkpoint);
  const file = await open(path, "a+");
  try {
    const { size } = await file.stat();
    const torn = size > 0 && !(await readEnd(file, size, 1)).endsWith("\n");
    await file.write(`${torn ? "\n" : ""}${text}\n`);
    await file.sync();
    if (size === 0) await syncFolder(dirname(path));
  } finally {
    await file.close();
  }
  return lineHash(text);
}

async function dayFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => dayFile.test(name)).sort();
}

async function readTail(path: string): Promise<string> {
  const file = await open(path);
  try {
    return await readEnd(file, (await file.stat()).size, tailBytes);
  } finally {
    await file.close();
  }
}

async function readEnd(file: FileHandle, size: number, length: number): Promise<string> {
  const start = Math.max(0, size - length);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
  return buffer.toString("utf8", 0, bytesRead);
}

/** So that the name of a new file is there after a crash as well; Windows has no such call. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder);
  await handle.sync().finally(() => handle.close());
}
