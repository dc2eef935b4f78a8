import { type ChildProcess, spawn } from "node:child_process";
import { readConfig } from "#stack/config.ts";
import { isListening } from "#stack/ports.ts";
import type { Result } from "./measure.ts";

const START_WITHIN = 60_000;

/** Runs `node <file> <job as JSON>` to its end and gives the result it printed. Throws with what it said when it fails. */
export async function runJob<T = Result>(
  root: string,
  file: string,
  job: object,
  env: Record<string, string>,
): Promise<T> {
  const child = spawn(process.execPath, [file, JSON.stringify(job)], {
    cwd: root,
    env: { NODE_ENV: "production", ...readConfig().baseEnv, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  let failed = "";
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk;
  });
  child.stderr.on("data", (chunk: Buffer) => {
    failed += chunk;
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  if (code !== 0)
    throw new Error(`${file} ended with ${code}: ${/^\w*Error.*$/m.exec(failed)?.[0] ?? failed}`);
  return JSON.parse(said) as T;
}

/** A server in a process of its own. */
export interface Server {
  port: number;
  stop(): Promise<void>;
  /** kill -9; settles when the process has gone. */
  kill(): Promise<void>;
}

/** Starts a program that listens on `port` and waits until it does. Its output is shown when it ends before that. */
export async function startServer(
  root: string,
  args: string[],
  port: number,
  env: Record<string, string>,
): Promise<Server> {
  const child: ChildProcess = spawn(process.execPath, args, {
    cwd: root,
    env: { NODE_ENV: "production", ...readConfig().baseEnv, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const hear = (chunk: Buffer) => {
    said = (said + chunk).slice(-4000);
  };
  child.stdout?.on("data", hear);
  child.stderr?.on("data", hear);
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const until = performance.now() + START_WITHIN;
  while (!(await isListening(port))) {
    if (child.exitCode !== null || performance.now() > until) {
      child.kill("SIGKILL");
      throw new Error(`${args.join(" ")} did not start: ${said}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    port,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
