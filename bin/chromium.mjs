import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { installDebian } from "./debian-package.mjs";
import { childEnvironment, ended, LaunchError, modules, pinnedNode, root, run } from "./launch.mjs";

const systemPaths = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** The environment that names a Chromium for Playwright: empty for Playwright's own. Installs one when there is none. */
export async function ensureChromium() {
  const found = await findChromium();
  if (found) return found;
  console.log("Installing Chromium for the browser tests.");
  await installChromium();
  const installed = await findChromium();
  if (installed) return installed;
  throw new LaunchError("There is no Chromium, and none could be installed. Install one, or name it in CHROMIUM_PATH.");
}

async function findChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given) return { CHROMIUM_PATH: given };
  if (await launches("")) return { CHROMIUM_PATH: "" };
  for (const path of systemPaths) {
    if (existsSync(path) && (await launches(path))) return { CHROMIUM_PATH: path };
  }
  return null;
}

/** Whether Playwright can start it: a browser may be there without the libraries that it needs. */
async function launches(executablePath) {
  const script = `
    import { chromium } from "playwright";
    const executablePath = ${JSON.stringify(executablePath)} || undefined;
    const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"], timeout: 30_000 });
    await browser.close();`;
  const args = ["--input-type=module", "--eval", script];
  return (await ended(spawn(pinnedNode, args, { cwd: root, stdio: "ignore", env: childEnvironment() }))) === 0;
}

async function installChromium() {
  if (await installDebian("chromium")) return;
  const playwright = join(modules, "playwright", "cli.js");
  await run(pinnedNode, [playwright, "install", "chromium"], { timeout: 180_000 }).catch(() => undefined);
}
