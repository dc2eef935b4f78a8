import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { launch } from "./child.ts";
import type { Parts } from "./parts.ts";
import { StackError } from "./stack-error.ts";

const SOURCES = [
  "app",
  "components",
  "lib",
  "public",
  "instrumentation.ts",
  "next.config.ts",
  "package-lock.json",
  "package.json",
  "postcss.config.mjs",
  "proxy.ts",
  "tsconfig.json",
];

export interface BuildOptions {
  root: string;
  env: Record<string, string>;
  logFile: string;
  /** Where the build is added while it runs. */
  parts: Parts;
}

/** The file that Next's command is in. */
export function nextCommand(): string {
  return createRequire(import.meta.url).resolve("next/dist/bin/next");
}

/** True when the last build was made of the sources as they are now. */
export function isBuilt(root: string): boolean {
  const record = join(root, ".next", "gantry-sources");
  const whole = existsSync(join(root, ".next", "BUILD_ID")) && existsSync(record);
  return whole && readFileSync(record, "utf8") === hashSources(root);
}

/** Builds the console and records what it was built of. Throws a StackError with the first error of a failed build. */
export async function buildConsole({ root, env, logFile, parts }: BuildOptions): Promise<void> {
  const sources = hashSources(root);
  rmSync(logFile, { force: true });
  const run = launch({ command: process.execPath, args: [nextCommand(), "build"], cwd: root, env, logFile });
  let over = false;
  const kill = () => {
    if (!over) run.signal("SIGKILL");
  };
  parts.add("build", { kill, stop: async () => kill() });
  const how = await run.ended;
  over = true;
  if (how !== "code 0") {
    throw new StackError(`The console doesn't build: ${firstError(logFile)}`, `All of it is in ${logFile}`);
  }
  writeFileSync(join(root, ".next", "gantry-sources"), sources);
}

function hashSources(root: string): string {
  const hash = createHash("sha256");
  for (const file of SOURCES.flatMap((source) => filesOf(root, source))) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update("\0");
  }
  return hash.digest("hex");
}

function filesOf(root: string, path: string): string[] {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  if (!stat) return [];
  if (stat.isFile()) return [path];
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => filesOf(root, join(path, name)));
}

function firstError(logFile: string): string {
  const lines = readFileSync(logFile, "utf8")
    .split("\n")
    .filter((line) => line.trim());
  const start = lines.findIndex((line) => /error|failed/i.test(line));
  return (
    lines
      .slice(Math.max(start, 0), Math.max(start, 0) + 4)
      .join(" ")
      .trim() || "no reason was given."
  );
}
