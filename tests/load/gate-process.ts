import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { waitUntil } from "#stack/alive.ts";
import { guard } from "#stack/guard.ts";
import { freePort, isListening } from "#stack/ports.ts";

/** The gate in a process of its own, made to be killed. */
export interface GateProcess {
  readonly origin: string;
  /** kill -9; settles when the process has gone. */
  kill(): Promise<void>;
  /** Starts it again on the same port. Returns the milliseconds until it listened. */
  restart(): Promise<number>;
  /** Asks it to end in order (SIGTERM) and says with which code it did. */
  stop(): Promise<number | null>;
}

/** Starts gate/server.ts on a free port of 127.0.0.1. */
export async function startGateProcess(databaseUrl: string): Promise<GateProcess> {
  const port = await freePort();
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: databaseUrl,
    DATABASE_POOL: "2",
    GANTRY_GATE_PORT: String(port),
    GANTRY_SECRET: "a secret of at least 32 characters",
    GANTRY_SITE_URL: "https://gantry.example.com",
    GANTRY_LOG_LEVEL: "silent",
    NODE_ENV: "production" as const,
  };
  let gate = await launch(port, env);
  return {
    origin: `http://127.0.0.1:${port}`,
    kill: async () => void (await end(gate, "SIGKILL")),
    async restart() {
      const from = performance.now();
      gate = await launch(port, env);
      return performance.now() - from;
    },
    stop: () => end(gate, "SIGTERM"),
  };
}

async function launch(port: number, env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const gate = spawn(process.execPath, [resolve("gate/server.ts")], { env, stdio: "ignore" });
  if (gate.pid !== undefined) gate.once("exit", guard(gate.pid, "TERM"));
  const isUp = () => gate.exitCode !== null || isListening(port);
  if (!(await waitUntil(isUp, 30_000)) || gate.exitCode !== null) throw new Error("the gate didn't start");
  return gate;
}

async function end(gate: ChildProcess, signal: "SIGKILL" | "SIGTERM"): Promise<number | null> {
  if (gate.exitCode !== null || gate.signalCode !== null) return gate.exitCode;
  const gone = once(gate, "exit");
  gate.kill(signal);
  const [code] = await gone;
  return code;
}
