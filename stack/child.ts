import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { guard } from "./guard.ts";

export interface Command {
  command: string;
  args: string[];
  cwd: string;
  /** The child's whole environment. */
  env: Record<string, string>;
  logFile: string;
}

const LARGEST_LOG = 10 * 1024 * 1024;

/** One run of a child process. */
export interface Run {
  pid: number | undefined;
  /** Settles with how it ended. */
  ended: Promise<string>;
  /** Reaches the child and all it began. */
  signal(name: NodeJS.Signals): void;
}

/**
 * Starts a child in a session of its own, so that Ctrl-C reaches only us, writing to a log. It ends when we do,
 * however we end.
 */
export function launch({ command, args, cwd, env, logFile }: Command): Run {
  const log = openLog(logFile);
  const child: ChildProcess = spawn(command, args, {
    cwd,
    env: { NODE_ENV: "production", ...env },
    stdio: ["ignore", log, log],
    detached: process.platform !== "win32",
  });
  closeSync(log);
  const group = child.pid;
  const callOff = group ? guard(-group, "TERM") : undefined;
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(signal ?? `code ${code}`));
  }).finally(callOff);
  return {
    pid: group,
    ended,
    signal(name) {
      if (!group) return;
      try {
        if (process.platform === "win32") child.kill(name);
        else process.kill(-group, name);
      } catch (error) {
        if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
      }
    },
  };
}

/** Opens a log to append to; a large one is put aside as `<name>.1` first. */
function openLog(file: string): number {
  mkdirSync(dirname(file), { recursive: true });
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LARGEST_LOG) renameSync(file, `${file}.1`);
  return openSync(file, "a", 0o600);
}
