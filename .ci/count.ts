import { existsSync, readFileSync } from "node:fs";

type Count = { passed: number; failed: number; flaky: number };

const status = Number(process.argv[2]);
const counts = [read("test-results/unit.json", unit), read("test-results/e2e.json", e2e)];
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);

// A run can fail with no test to blame: a lint, a suite that doesn't load, a set-up. That counts as one.
const flaky = counts.reduce((sum, count) => sum + count.flaky, 0);
if (flaky > 0) console.log(`${flaky} passed only when tried again`);
console.log(`${passed} passed, ${status === 0 ? failed : Math.max(failed, 1)} failed`);

function read(file: string, count: (report: unknown) => Count): Count {
  if (!existsSync(file)) return { passed: 0, failed: 0, flaky: 0 };
  return count(JSON.parse(readFileSync(file, "utf8")));
}

function unit(report: unknown): Count {
  const { numPassedTests, numFailedTests } = report as { numPassedTests: number; numFailedTests: number };
  return { passed: numPassedTests, failed: numFailedTests, flaky: 0 };
}

function e2e(report: unknown): Count {
  const { stats } = report as { stats: { expected: number; unexpected: number; flaky: number } };
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, flaky: stats.flaky };
}
