import { spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { chown, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type PostgresAccount, postgresPrograms } from "./postgres-programs";
import { StartError } from "./start-error";

const majorVersion = "18";

export async function clusterPassword(dataFolder: string, clusterExists: boolean): Promise<string> {
  const file = join(dataFolder, "postgres-password");
  await mkdir(dataFolder, { recursive: true });
  if (!existsSync(file)) {
    if (clusterExists)
      throw new StartError("databaseUnreachable", `${file} is missing: the password of the database beside it.`);
    await writeFile(`${file}.new`, randomBytes(24).toString("hex"), { mode: 0o600 });
    await rename(`${file}.new`, file);
  }
  return (await readFile(file, "utf8")).trim();
}

/** Built beside its place and moved there whole, so that a killed first start leaves nothing half made. */
export async function createCluster(folder: string, password: string, account: PostgresAccount): Promise<void> {
  if (existsSync(join(folder, "PG_VERSION"))) return;
  await removeDrafts(folder);
  const draft = `${folder}.draft-${randomUUID()}`;
  const passwordFile = `${draft}.password`;
  await mkdir(draft, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (account.uid !== undefined && account.gid !== undefined) {
    await chown(draft, account.uid, account.gid);
    await chown(passwordFile, account.uid, account.gid);
  }
  try {
    const { initdb } = await postgresPrograms(account);
    await run(
      initdb,
      [
        ...["--pgdata", draft, "--pwfile", passwordFile, "--username", "postgres", "--auth", "scram-sha-256"],
        ...["--encoding", "UTF8", "--locale", "C", "--no-instructions"],
      ],
      account,
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(draft, folder);
}

/** The maker of a draft may have been killed and its program still be writing: what resists is left for the next time. */
async function removeDrafts(folder: string): Promise<void> {
  const parent = dirname(folder);
  const drafts = (await readdir(parent)).filter((name) => name.startsWith("postgres.draft-"));
  await Promise.all(
    drafts.map((name) => rm(join(parent, name), { recursive: true, force: true }).catch(() => undefined)),
  );
}

export async function requireMajorVersion(folder: string): Promise<void> {
  const version = (await readFile(join(folder, "PG_VERSION"), "utf8")).trim();
  if (version === majorVersion) return;
  throw new StartError(
    "databaseUnreachable",
    `${folder} was written by PostgreSQL ${version}; this version of Steward carries PostgreSQL ${majorVersion}.`,
  );
}

async function run(program: string, args: string[], account: PostgresAccount): Promise<void> {
  const child = spawn(program, args, { ...account, env: { ...process.env, LC_ALL: "C" } });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr.on("data", (chunk) => {
    output += chunk;
  });
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  if (code !== 0) throw new StartError("databaseUnreachable", `${program} ended with ${code}:\n${output.trim()}`);
}
