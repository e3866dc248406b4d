import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

/** Whether a process with this id runs, whoever owns it; one that ended and awaits its parent does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function isZombie(pid: number): boolean {
  if (process.platform !== "linux") return false;
  try {
    const status = readFileSync(`/proc/${pid}/stat`, "utf8");
    return status.slice(status.lastIndexOf(")") + 2).startsWith("Z");
  } catch {
    return false;
  }
}

/** The command line of a running process: a process id alone may have been given to another program since. */
export async function programOf(pid: number): Promise<string> {
  if (process.platform === "linux") {
    return (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).replaceAll("\0", " ");
  }
  const [program, args] =
    process.platform === "win32"
      ? ["tasklist", ["/fi", `PID eq ${pid}`, "/fo", "csv", "/nh"]]
      : ["ps", ["-o", "args=", "-p", String(pid)]];
  return promisify(execFile)(program, args).then(
    (result) => result.stdout,
    () => "",
  );
}
