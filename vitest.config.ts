import { defineConfig } from "vitest/config";
import { scratchFolder } from "./tests/setup/scratch.ts";

process.env.TMPDIR = scratchFolder();

export default defineConfig({
  test: {
    include: ["tests/**/*.test.{ts,tsx}"],
    environment: "node",
    env: {
      GANTRY_SECRET: "a secret of at least 32 characters",
      GANTRY_SITE_URL: "https://gantry.example.com",
      GANTRY_TRUSTED_PROXIES: "1",
    },
    pool: "forks",
    maxWorkers: 2,
    globalSetup: "./tests/setup/global.ts",
    setupFiles: "./tests/setup/each.ts",
    testTimeout: 30_000,
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
    reporters: ["default", ["json", { outputFile: "./test-results/unit.json" }]],
  },
});
