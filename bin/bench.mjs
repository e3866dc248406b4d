import { readdirSync } from "node:fs";
import { join } from "node:path";
import { command, LaunchError, pinnedNode, root, run, typescript } from "./launch.mjs";
import { ensureGenerated, ensureInstalled } from "./prepare.mjs";

await command(async ([wanted, ...args]) => {
  const names = readdirSync(join(root, "bench"))
    .filter((name) => /^[a-z0-9-]+\.ts$/.test(name) && !name.endsWith(".test.ts"))
    .map((name) => name.slice(0, -3))
    .sort();
  const chosen = wanted === undefined ? names : names.filter((name) => name === wanted);
  if (chosen.length === 0) {
    throw new LaunchError(`There is no bench "${wanted ?? ""}". There are: ${names.join(", ") || "none"}.`, 2);
  }
  await ensureInstalled();
  await ensureGenerated();
  for (const name of chosen) {
    console.log(`\n# ${name}\n`);
    await run(pinnedNode, typescript(`bench/${name}.ts`, args));
  }
});
