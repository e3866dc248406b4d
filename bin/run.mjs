// node bin/run.mjs FILE.ts [ARGUMENTS]: runs a file of ours under the pinned Node, with everything it needs made first.
import { command, handOver } from "./launch.mjs";
import { ensureGenerated, ensureInstalled } from "./prepare.mjs";

await command(async ([file, ...args]) => {
  await ensureInstalled();
  await ensureGenerated();
  await handOver(file, args);
});
