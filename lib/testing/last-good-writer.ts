import { writeLastGood } from "../client/last-good";
import { openLastGoodFile } from "../client/last-good-file";

/** A process of its own that writes one last good after the other until it is killed; says each that is written. */
const [path = "", first = "1"] = process.argv.slice(2);
const store = await openLastGoodFile(path);
const filling = "x".repeat(300_000);

for (let count = Number(first); ; count += 1) {
  const bundle = new TextEncoder().encode(`${count} ${filling}`);
  await store.write(await writeLastGood({ head: String(count), bundle, keys: [] }));
  process.stdout.write(`${count}\n`);
}
