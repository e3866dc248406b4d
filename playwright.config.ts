import { defineConfig } from "@playwright/test";

/** `npm test` gives a free port, a new data folder and a browser; started by hand these stand in. */
const port = process.env.E2E_PORT ?? "4173";
const dataFolder = process.env.STEWARD_DATA ?? ".data-e2e";
/** What the server writes, for specs that search it. */
export const serverLog = `${dataFolder}.log`;
const executablePath = process.env.CHROMIUM_PATH || undefined;
/** Without a graphics card, what stands in for one costs more than drawing at once. */
const flags = ["--no-sandbox", "--disable-gpu"];
const systemBrowserFlags = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--disable-quic",
];

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  reporter: "list",
  use: {
    baseURL: `http://localhost:${port}`,
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    screenshot: "only-on-failure",
    // A trace costs a third of a run's time: `npm test -- e2e FILTER --trace retain-on-failure` asks for one.
    trace: "off",
    launchOptions: { executablePath, args: executablePath ? [...flags, ...systemBrowserFlags] : flags },
  },
  webServer: {
    command: `node e2e/serve.mjs --port ${port}`,
    url: `http://localhost:${port}/healthz`,
    env: { STEWARD_DATA: dataFolder, SERVER_LOG: serverLog },
    timeout: 300_000,
    stdout: "pipe",
    gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
    reuseExistingServer: false,
  },
});
