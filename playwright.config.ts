import { defineConfig } from "@playwright/test";
import { findBrowser } from "./e2e/browser.ts";
import { scratchFolder } from "./tests/setup/scratch.ts";

process.env.TMPDIR = scratchFolder();

const browser = await findBrowser(process.env);

export default defineConfig({
  testDir: "./e2e",
  testMatch: "**/*.spec.ts",
  globalSetup: "./e2e/global-setup.ts",
  // Playwright empties this folder when it starts; the results of both runners lie beside it.
  outputDir: "./test-results/e2e",
  reporter: [["line"], ["json", { outputFile: "./test-results/e2e.json" }]],
  forbidOnly: Boolean(process.env.CI),
  // Where nobody can look again, a test that failed once is tried once more; .ci/count.ts names it as flaky.
  retries: process.env.CI ? 1 : 0,
  // Each test has a workspace of its own, see fixtures.ts; much of a journey is waiting for what happens by the clock.
  workers: 2,
  fullyParallel: true,
  // A busy machine of half the speed is to pass as well; only a test that hangs takes so long.
  timeout: 300_000,
  expect: { timeout: 20_000 },
  use: {
    browserName: "chromium",
    launchOptions: browser,
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
  },
  projects: [
    // Journeys are the same on a phone; how a page looks and reads is not. Its tests are the longest and go first.
    {
      name: "phone",
      testMatch: "**/pages.spec.ts",
      use: { viewport: { width: 390, height: 844 }, hasTouch: true },
    },
    { name: "desktop", use: { viewport: { width: 1280, height: 800 } } },
  ],
});
