import { spawn } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureChromium } from "./chromium.mjs";
import { ensureDebianPackage } from "./debian-package.mjs";
import { childEnvironment, command, ended, LaunchError, modules, pinnedNode, root } from "./launch.mjs";
import { ensureBuilt, ensureGenerated, ensureInstalled } from "./prepare.mjs";
import { countPlaywright, countVitest, oneOf } from "./test-results.mjs";

const help = `  npm test                       everything
  npm test -- check              types, format and lint
  npm test -- unit [FILTER]      unit tests
  npm test -- integration [FILTER]
  npm test -- process            starts, kills and restarts of the real process
  npm test -- e2e [FILTER]       in a browser, against a freshly started server
  npm test -- e2e/sign-in.spec.ts
`;

const stages = {
  check: [checkTypes, checkStyle],
  unit: [(...given) => runVitest(["unit", "engines"], ...given)],
  integration: [(...given) => runVitest(["integration"], ...given)],
  process: [(...given) => runVitest(["process"], ...given)],
  e2e: [runBrowserTests],
};
const everything = [
  checkTypes,
  checkStyle,
  (...given) => runVitest(["unit", "engines", "integration"], ...given),
  ...stages.process,
  ...stages.e2e,
];

await command(async (args) => {
  if (args.includes("--help")) return console.log(help);
  const { chosen, filter } = choose(args);
  await ensureInstalled();
  await ensureGenerated();
  const total = { passed: 0, failed: 0 };
  for (const stage of chosen) {
    const { passed, failed } = await outcome(stage, filter);
    total.passed += passed;
    total.failed += failed;
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
});

function choose([first, ...filter]) {
  if (first === undefined) return { chosen: everything, filter: [] };
  if (first in stages) return { chosen: stages[first], filter };
  if (first.startsWith("e2e/")) return { chosen: stages.e2e, filter: [first, ...filter] };
  throw new LaunchError(`There is no "${first}" to test. There are:\n\n${help}`, 2);
}

/** What a stage counted, in a folder of its own for reports; a stage that breaks off counts as one failure. */
async function outcome(stage, filter) {
  const folder = await mkdtemp(join(tmpdir(), "steward-test-"));
  // PostgreSQL may run as another user, who has to get in.
  await chmod(folder, 0o755);
  try {
    return await stage(filter, folder);
  } catch (error) {
    console.error(error instanceof LaunchError ? error.message : error);
    return { passed: 0, failed: 1 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function checkTypes() {
  heading("Types");
  await start(join("next", "dist", "bin", "next"), ["typegen"]);
  return oneOf(await start(join("typescript", "bin", "tsc"), ["--noEmit"]));
}

async function checkStyle() {
  heading("Format and lint");
  return oneOf(await start(join("@biomejs", "biome", "bin", "biome"), ["check", "--error-on-warnings"]));
}

async function runVitest(projects, filter, folder) {
  heading(`Tests: ${projects.join(", ")}`);
  if (projects.includes("process")) {
    await ensureBuilt();
    await ensureDebianPackage("nginx-light", "/usr/sbin/nginx");
  }
  const report = join(folder, "vitest.json");
  const chosen = projects.flatMap((project) => ["--project", project]);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const args = ["run", "--passWithNoTests", ...chosen, ...reporters, ...filter];
  return countVitest(report, await start(join("vitest", "vitest.mjs"), args));
}

async function runBrowserTests(filter, folder) {
  heading("Tests in the browser");
  await ensureBuilt();
  const browser = await ensureChromium();
  const report = join(folder, "playwright.json");
  const args = ["test", "--pass-with-no-tests", "--reporter=list,json", ...filter];
  const exitCode = await start(join("@playwright", "test", "cli.js"), args, {
    ...browser,
    E2E_PORT: String(await freePort()),
    STEWARD_DATA: join(folder, "data"),
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    // Whatever this machine is set up to serve, the tests have their own.
    ...{ DATABASE_URL: "", CLICKHOUSE_URL: "", OIDC_ISSUER: "", SMTP_URL: "", STEWARD_URL: "", STEWARD_DEMO: "" },
  });
  return countPlaywright(report, exitCode);
}

/** Runs a program of a package under the pinned Node and gives its exit code. */
function start(program, args, environment = {}) {
  const env = childEnvironment(environment);
  return ended(spawn(pinnedNode, [join(modules, program), ...args], { cwd: root, stdio: "inherit", env }));
}

function heading(text) {
  console.log(`\n── ${text}\n`);
}

async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
