import { existsSync, readFileSync } from "node:fs";

/** One check that passes or fails as a whole. */
export function oneOf(exitCode) {
  return exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** From Vitest's JSON report. A file that did not load and a run that broke off count as a failure each. */
export function countVitest(file, exitCode) {
  const report = readReport(file);
  if (!report) return { passed: 0, failed: 1 };
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  );
  return honest({ passed: report.numPassedTests, failed: report.numFailedTests + unloaded.length }, exitCode);
}

/** From Playwright's JSON report. An error outside the tests, as of a server that did not start, counts as a failure. */
export function countPlaywright(file, exitCode) {
  const report = readReport(file);
  if (!report) return { passed: 0, failed: 1 };
  const { expected, unexpected, flaky } = report.stats;
  return honest({ passed: expected + flaky, failed: unexpected + report.errors.length }, exitCode);
}

/** A program that ended badly without naming a failed test failed all the same. */
function honest(counted, exitCode) {
  return exitCode !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
}

function readReport(file) {
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}
