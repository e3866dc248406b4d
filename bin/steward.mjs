import { command, handOver } from "./launch.mjs";
import { ensureGenerated, ensureInstalled } from "./prepare.mjs";

await command(async (args) => {
  await ensureInstalled();
  await ensureGenerated();
  await handOver("bin/steward.ts", args);
});
