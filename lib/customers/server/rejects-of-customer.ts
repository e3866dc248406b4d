import { existsSync } from "node:fs";
import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { csvLine } from "../../csv-line";
import { csvRecords } from "../import-csv";
import { importsFolder, rejectsFile } from "./import-item";

/** How many records of rejects that are kept of imports name one of the customers. */
export async function namedInRejects(customers: readonly string[]): Promise<number> {
  let named = 0;
  for (const { records } of await filesNaming(customers))
    named += records.filter((record) => names(record, customers)).length;
  return named;
}

/** Takes those records out of the files. */
export async function hideInRejects(customers: readonly string[]): Promise<void> {
  for (const { path, records } of await filesNaming(customers)) {
    const kept = records.filter((record) => !names(record, customers));
    await writeFile(`${path}.new`, kept.map(csvLine).join(""), { mode: 0o600 });
    await rename(`${path}.new`, path);
  }
}

async function filesNaming(customers: readonly string[]) {
  const folders = existsSync(importsFolder()) ? await readdir(importsFolder()) : [];
  const naming: { readonly path: string; readonly records: readonly string[][] }[] = [];
  for (const path of folders.map(rejectsFile)) {
    if (!existsSync(path)) continue;
    const text = await readFile(path, "utf8");
    if (!customers.some((customer) => text.includes(customer.replaceAll('"', '""')))) continue;
    const records = csvRecords(text, ",", true, Number.POSITIVE_INFINITY);
    if (records.some((record) => names(record, customers))) naming.push({ path, records });
  }
  return naming;
}

/** As who it is of, as the value that was refused, or quoted in the words about it. */
function names([, customer, , value, , message = ""]: readonly string[], customers: readonly string[]): boolean {
  return customers.some((id) => customer === id || value === id || message.includes(`"${id}"`));
}
