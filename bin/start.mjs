import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { childEnvironment, command, ended, LaunchError, pinnedNode, root, typescript } from "./launch.mjs";
import { ensureBuilt, ensureGenerated, ensureInstalled } from "./prepare.mjs";

const help = `Steward: the console in which a company governs its customer segments.

  npm start                    installs and builds what is missing, then serves on http://localhost:3000
  npm start -- --port 8080     on another port; 0 takes a free one
  npm start -- --empty         without the demo's people, customers and segments
  npm start -- --only feed     the feed alone, beside other processes; also console, jobs. These share DATABASE_URL,
                               CLICKHOUSE_URL and STEWARD_FEED_SECRET: docs/operations.md
  npm start -- --help          this text
  npm run dev                  for development: pages are built when they are asked for

Settings, as environment variables:
  PORT (3000)  STEWARD_HOST (every interface)  STEWARD_URL (the address people use)  STEWARD_DATA (.data)
  DATABASE_URL (an embedded PostgreSQL)  DATABASE_OWNER_URL (DATABASE_URL)
  SESSION_SECRET (kept in the data folder)  STEWARD_CHECKPOINTS (audit-checkpoints in the data folder)
  STEWARD_DEMO (1 for a new data folder without DATABASE_URL)
  STEWARD_CONTACT (whom people who cannot sign in are told to ask: an admin)
  CLICKHOUSE_URL  SMTP_URL (no mail)  MAIL_FROM  STEWARD_WEBHOOK_PRIVATE (0)  STEWARD_LOG (info)
  STEWARD_FEED_SECRET (kept in the data folder)  STEWARD_FEED_HOURS (24)  STEWARD_FEED_RATE (1000)
  STEWARD_FEED_STREAMS (2000)  STEWARD_ACCESS_LOG (errors)
Single sign-on, see docs/sign-on.md:
  OIDC_ISSUER  OIDC_CLIENT_ID  OIDC_CLIENT_SECRET  OIDC_SCOPE (openid email profile)
  OIDC_GROUP_ROLES ("group=role,role; group=role")  OIDC_GROUPS_CLAIM (groups)  OIDC_TEAM_CLAIM
  OIDC_TRUST_EMAIL (0: an e-mail counts only where the provider calls it verified)

Exit codes:
  0 stopped by Ctrl-C or SIGTERM     4 another process has the data folder
  1 something unexpected             5 the database cannot be reached
  2 wrong option or setting          6 this platform or Node is not supported
  3 the port is taken                7 a migration failed, or the database is newer than this version
`;

await command(async (args) => {
  const options = parseOptions(args);
  if (options.help) return console.log(help);
  await ensureInstalled();
  await ensureGenerated();
  const hasPages = options.only === undefined || options.only === "console";
  if (hasPages && !options.dev) await ensureBuilt();
  process.exit(await serve(options));
});

function parseOptions(args) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        help: { type: "boolean", short: "h" },
        empty: { type: "boolean" },
        dev: { type: "boolean" },
        port: { type: "string", short: "p" },
        only: { type: "string" },
      },
    });
    return values;
  } catch (error) {
    throw new LaunchError(`${error.message.split(". ")[0]}. See npm start -- --help.`, 2);
  }
}

async function serve({ port, empty, dev, only }) {
  const environment = {
    NODE_ENV: dev ? "development" : "production",
    ...(port === undefined ? {} : { PORT: port }),
    ...(empty ? { STEWARD_DEMO: "0" } : {}),
  };
  const args = [...(dev ? ["--dev"] : []), ...(only === undefined ? [] : [`--only=${only}`])];
  // The channel tells the server when this process is gone, however it went.
  const child = spawn(pinnedNode, typescript("server.ts", args), {
    cwd: root,
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: childEnvironment(environment),
  });
  const stop = () => child.connected && child.send("stop", () => undefined);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
  whenNpmIsGone(stop);
  if (process.send) child.on("message", (message) => process.send(message));
  return (await ended(child)) ?? 1;
}

/** npm passes on a signal it can catch; when it was killed outright, the server must not stay behind. */
function whenNpmIsGone(stop) {
  if (!process.env.npm_lifecycle_event || process.platform !== "linux") return;
  const npm = findNpm(process.ppid, 4);
  if (!npm) return;
  const timer = setInterval(() => {
    if (startOf(npm.pid) === npm.start) return;
    clearInterval(timer);
    stop();
  }, 250);
  timer.unref();
}

function findNpm(pid, generations) {
  const start = startOf(pid);
  if (!start || generations === 0) return null;
  const title = readFileSync(`/proc/${pid}/cmdline`, "utf8");
  if (/\bnpm\b/.test(title) && !/^(\/\S*\/)?(ba|da)?sh\0/.test(title)) return { pid, start };
  return findNpm(Number(statOf(pid)[1]), generations - 1);
}

/** When the process started, in clock ticks; null when it is gone. */
function startOf(pid) {
  const [state, , ...rest] = statOf(pid);
  return state && state !== "Z" ? rest[17] : null;
}

/** The fields of /proc/PID/stat from the state on; the name before may hold spaces. */
function statOf(pid) {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, "utf8");
    return line.slice(line.lastIndexOf(")") + 2).split(" ");
  } catch {
    return [];
  }
}
