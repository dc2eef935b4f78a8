import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { commandLine, waitUntil } from "./alive.ts";
import { StackError } from "./stack-error.ts";

const FILE = "run.json";
const STOP_TIMEOUT_MS = 40_000;

/**
 * Claims a data folder for this process; returns what gives it back.
 * Throws a StackError when another start already runs on it.
 */
export function claimDataDir(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true });
  // New, so ours alone: Postgres, under another user when we are root, has to get through it. Secrets have modes of their own.
  if (readdirSync(dataDir).length === 0) chmodSync(dataDir, 0o755);
  const file = join(dataDir, FILE);
  const runner = runnerOf(dataDir);
  if (runner !== undefined) {
    throw new StackError(
      `Gantry already runs on ${dataDir} (process ${runner}).`,
      "Stop it there with Ctrl-C, or give this one its own GANTRY_DATA_DIR and ports.",
    );
  }
  rmSync(file, { force: true });
  // Two starts at the same moment: the second to write fails.
  writeFileSync(file, JSON.stringify({ pid: process.pid }), { flag: "wx" });
  return () => rmSync(file, { force: true });
}

/** Stops the start that runs on a data folder, if one does: orderly, or by force after 40 seconds. */
export async function endRunner(dataDir: string): Promise<boolean> {
  const runner = runnerOf(dataDir);
  if (runner === undefined) return false;
  process.kill(runner, "SIGTERM");
  if (await waitUntil(() => runnerOf(dataDir) === undefined, STOP_TIMEOUT_MS)) return true;
  process.kill(runner, "SIGKILL");
  return waitUntil(() => runnerOf(dataDir) === undefined, 5000);
}

function runnerOf(dataDir: string): number | undefined {
  try {
    const { pid }: { pid?: unknown } = JSON.parse(readFileSync(join(dataDir, FILE), "utf8"));
    if (typeof pid !== "number" || pid === process.pid) return undefined;
    const command = commandLine(pid);
    return command === "" || command?.includes("start.ts") ? pid : undefined;
  } catch {
    // No file, or one cut short by a crash: nobody holds the folder.
    return undefined;
  }
}
