// Runs on any Node from 20.19 on, before anything is installed: only what Node itself has may be imported here.
import { spawn } from "node:child_process";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const modules = join(root, "node_modules");
export const windows = process.platform === "win32";

/** The Node that this version of Steward is built and tested with. */
export const pinnedNode = join(modules, "node", "bin", windows ? "node.exe" : "node");

/** A failure to tell the person in one message, without a stack. */
export class LaunchError extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

export function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new LaunchError(`Steward needs Node 20.19 or newer; this is ${process.versions.node}.`, 6);
}

/** The environment for every program of ours: the pinned Node first on the path, and nothing that calls home. */
export function childEnvironment(more = {}) {
  const path = Object.keys(process.env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  return {
    ...process.env,
    [path]: [dirname(pinnedNode), join(modules, ".bin"), process.env[path]].join(delimiter),
    NEXT_TELEMETRY_DISABLED: "1",
    CHECKPOINT_DISABLE: "1",
    // Prisma downloads an engine unless it is told of one; the commands used here ask for it and never run it.
    PRISMA_SCHEMA_ENGINE_BINARY: pinnedNode,
    ...more,
  };
}

/** Prisma's adapter sends a query while another runs, which pg warns of: nothing that whoever starts us can change. */
const quiet = ["--disable-warning=DeprecationWarning"];

/** The arguments that run a TypeScript file of ours under the pinned Node. */
export function typescript(file, args = []) {
  return [...quiet, "--import", import.meta.resolve("tsx"), join(root, file), ...args];
}

/** Runs a program to its end with the terminal as its own; throws a LaunchError when it fails. */
export async function run(program, args, { onStart, ...options } = {}) {
  const child = spawn(program, args, { cwd: root, stdio: "inherit", env: childEnvironment(), ...options });
  const code = await ended(watched(child, onStart));
  if (code !== 0) throw new LaunchError(`${[program, ...args].join(" ")} ended with ${code}.`);
}

/** As `run`, but shows what the program printed only when it fails. */
export async function runQuietly(program, args, { onStart, environment } = {}) {
  const child = spawn(program, args, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: childEnvironment(environment),
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  const code = await ended(watched(child, onStart));
  if (code !== 0) throw new LaunchError(`${output.trim()}\n\n${args.join(" ")} ended with ${code}.`);
}

/** A program that is being run ends with us. */
function watched(child, onStart) {
  if (child.pid) onStart?.(child.pid);
  const stop = (signal) => {
    child.kill(signal);
    process.exit(1);
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.on(signal, stop);
  child.once("close", () => {
    for (const signal of signals) process.off(signal, stop);
  });
  return child;
}

/** Hands over to a TypeScript file of ours and ends as it ends. */
export async function handOver(file, args) {
  const child = spawn(pinnedNode, typescript(file, args), { cwd: root, stdio: "inherit", env: childEnvironment() });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  process.exit((await ended(child)) ?? 1);
}

/** Runs a command's main function; whatever it throws becomes one message and an exit code. */
export async function command(main) {
  try {
    requireNode();
    await main(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof LaunchError ? `\n${error.message}\n` : error);
    process.exit(error instanceof LaunchError ? error.exitCode : 1);
  }
}

/** The exit code, or null when a signal ended it. */
export function ended(child) {
  return new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
}
