import type { Settings } from "./settings";
import { StartError } from "./start-error";

export const roles = ["feed", "console", "jobs"] as const;
/** What a process is started for alone, beside others of the same installation. */
export type Role = (typeof roles)[number];

/** From the arguments, as `--only=feed`; undefined for a process that is everything. */
export function roleOf(args: readonly string[]): Role | undefined {
  const asked = args.find((arg) => arg.startsWith("--only="))?.slice("--only=".length);
  if (asked === undefined) return undefined;
  const role = roles.find((name) => name === asked);
  if (role) return role;
  throw new StartError("usage", `--only takes ${roles.join(", ")}, and is "${asked}".`);
}

/** What processes of one installation share. Throws a StartError that names what is missing and why it is needed. */
export function requireShared({ databaseUrl, clickhouseUrl, feed }: Settings, role: Role) {
  const missing = [
    ...(databaseUrl === undefined ? ["DATABASE_URL: the embedded PostgreSQL is of one process alone"] : []),
    ...(clickhouseUrl === undefined ? ["CLICKHOUSE_URL: DuckDB opens its file in one process only"] : []),
    ...(feed.secret === undefined ? ["STEWARD_FEED_SECRET: heads are signed with the same keys by every process"] : []),
  ];
  if (databaseUrl !== undefined && clickhouseUrl !== undefined && feed.secret !== undefined) {
    return { databaseUrl, clickhouseUrl, secret: feed.secret };
  }
  throw new StartError("usage", [`--only ${role} needs, the same for every process:`, ...missing].join("\n  "));
}
