// The server of the browser tests. What it writes is shown and also kept in SERVER_LOG, so that a spec can search it.
import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { join } from "node:path";

const start = join(import.meta.dirname, "..", "bin", "start.mjs");
const server = spawn(process.execPath, [start, ...process.argv.slice(2)], { stdio: ["ignore", "pipe", "pipe"] });
const kept = createWriteStream(process.env.SERVER_LOG);
for (const [from, to] of [
  [server.stdout, process.stdout],
  [server.stderr, process.stderr],
]) {
  from.pipe(to, { end: false });
  from.pipe(kept, { end: false });
}
process.on("SIGTERM", () => server.kill("SIGTERM"));
server.on("close", (code) => process.exit(code ?? 1));
