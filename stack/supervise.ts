import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { guard } from "./guard.ts";
import type { Part } from "./part.ts";

export interface ChildOptions {
  /** What the person at the keyboard knows it as. */
  name: string;
  command: string;
  args: string[];
  cwd: string;
  /** The child's whole environment; asked for at every start. */
  env: () => Promise<Record<string, string>> | Record<string, string>;
  logFile: string;
  /** Told when it ended by itself and when it will be started again. */
  report: (line: string) => void;
}

/** A process that is started again whenever it ends by itself, until it is stopped. */
export interface Child extends Part {
  /** Process id of the run of the moment, when there is one. */
  pid(): number | undefined;
  /** Ends it at once and for good, without asking. */
  kill(): void;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
const STEADY_MS = 30_000;
const STOP_TIMEOUT_MS = 10_000;
const LARGEST_LOG = 10 * 1024 * 1024;

/** Starts a child in a session of its own (so that Ctrl-C reaches only us) and keeps it running. */
export async function supervise(options: ChildOptions): Promise<Child> {
  let current: Run | undefined;
  let over = false;
  let pause = FIRST_PAUSE_MS;
  let retry: NodeJS.Timeout | undefined;

  async function start(): Promise<void> {
    const startedAt = performance.now();
    current = launch(options, await options.env());
    if (over) current.signal("SIGKILL");
    void current.ended.then((how) => {
      current = undefined;
      if (over) return;
      if (performance.now() - startedAt > STEADY_MS) pause = FIRST_PAUSE_MS;
      const seconds = (pause / 1000).toFixed(1);
      options.report(
        `${options.name} ended (${how}); starting it again in ${seconds} s. Log: ${options.logFile}`,
      );
      retry = setTimeout(() => void start().catch((error) => options.report(String(error))), pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    });
  }

  await start();
  return {
    pid: () => current?.pid,
    kill() {
      over = true;
      clearTimeout(retry);
      current?.signal("SIGKILL");
    },
    async stop() {
      over = true;
      clearTimeout(retry);
      const run = current;
      if (!run) return;
      run.signal("SIGTERM");
      const timer = setTimeout(() => run.signal("SIGKILL"), STOP_TIMEOUT_MS);
      await run.ended;
      clearTimeout(timer);
      // What it may have begun and not ended.
      run.signal("SIGKILL");
    },
  };
}

interface Run {
  pid: number | undefined;
  /** Settles with how it ended. */
  ended: Promise<string>;
  /** Reaches the child and all it began. */
  signal(name: NodeJS.Signals): void;
}

function launch({ command, args, cwd, logFile }: ChildOptions, env: Record<string, string>): Run {
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
