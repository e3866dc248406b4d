import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const nothingOfOurs = ["**/node_modules/**", "**/.next*/**", "**/.data*/**", "e2e/**"];
const onDatabase = ["**/server/**/*.test.ts", "**/*.integration.test.ts"];
const onEngines = ["lib/{engine,customers,events,testing}/**/*.test.ts", "lib/rules/{clickhouse,translation}.test.ts"];
const onProcesses = ["bin/**/*.process.test.ts"];
const alias = { "@": import.meta.dirname };

export default defineConfig({
  resolve: { alias },
  test: {
    // Much of a test's time is that of PostgreSQL, DuckDB or ClickHouse: a core kept free for Vitest itself is idle.
    maxWorkers: availableParallelism(),
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...nothingOfOurs, ...onEngines, ...onDatabase, ...onProcesses],
          testTimeout: 30_000,
          // What these test is pure: a process for each would take longer to load it than to test it.
          isolate: false,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "engines",
          include: onEngines,
          exclude: [...nothingOfOurs, ...onDatabase],
          testTimeout: 30_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "integration",
          include: onDatabase,
          exclude: nothingOfOurs,
          globalSetup: "lib/testing/database-server.ts",
          execArgv: ["--disable-warning=DeprecationWarning"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "process",
          include: onProcesses,
          exclude: nothingOfOurs,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // Each is several processes already, and two files run at once.
          maxConcurrency: 2,
        },
      },
    ],
  },
});
