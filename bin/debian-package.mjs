import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { childEnvironment, LaunchError, run } from "./launch.mjs";

/** A program of Debian's, installed when it is missing and we may. */
export async function ensureDebianPackage(name, program) {
  if (existsSync(program) || (await installDebian(name))) return;
  throw new LaunchError(`There is no ${program}, and it could not be installed. Install the package ${name}.`);
}

/** Whether it was installed; only root on Debian can. */
export async function installDebian(name) {
  if (process.getuid?.() !== 0 || spawnSync("apt-get", ["--version"]).status !== 0) return false;
  const quiet = {
    env: childEnvironment({ DEBIAN_FRONTEND: "noninteractive" }),
    stdio: ["ignore", "ignore", "inherit"],
  };
  return run("apt-get", ["update", "-qq"], quiet)
    .then(() => run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", name], quiet))
    .then(() => true)
    .catch(() => false);
}
