import { createHash } from "node:crypto";
import { mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";

/** The text of a file that `writeWhole` wrote; null where it is not there, or not as it was written. */
export async function readWhole(file: string): Promise<string | null> {
  const content = await readFile(file, "utf8").catch(() => "");
  const end = content.indexOf("\n");
  const text = content.slice(end + 1);
  return end > 0 && content.slice(0, end) === checksum(text) ? text : null;
}

/** Under its name there is what was before, or all of this: synced before it takes the name, and then the name. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = await open(`${file}.new`, "w", 0o600);
  try {
    await draft.writeFile(`${checksum(text)}\n${text}`);
    await draft.sync();
  } finally {
    await draft.close();
  }
  await rename(`${file}.new`, file);
  const directory = await open(folder, "r");
  await directory.sync().finally(() => directory.close());
}

function checksum(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
