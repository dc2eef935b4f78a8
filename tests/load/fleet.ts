import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Job, Observation } from "./job.ts";

/** Several client processes under one command. */
export interface Fleet {
  /** Gives every program its job (by its place) and resolves with all they saw, program by program. */
  run(jobOf: (place: number) => Job): Promise<Observation[][]>;
  /** Ends open jobs: each caller finishes the question it has asked. */
  finish(): void;
  close(): Promise<void>;
}

const PROGRAM = join(import.meta.dirname, "program.ts");

/** Starts `size` client processes on a database, and waits until they are ready. */
export async function startFleet(size: number, databaseUrl: string): Promise<Fleet> {
  const programs = await Promise.all(Array.from({ length: size }, () => start(databaseUrl)));
  return {
    async run(jobOf) {
      return Promise.all(
        programs.map(async (program, place) => {
          program.send(jobOf(place));
          return await message<Observation[]>(program);
        }),
      );
    },
    finish() {
      for (const program of programs) program.send("stop");
    },
    async close() {
      await Promise.all(
        programs.map(async (program) => {
          if (program.exitCode !== null || program.signalCode !== null) return;
          const gone = once(program, "exit");
          program.disconnect();
          await gone;
        }),
      );
    },
  };
}

async function start(databaseUrl: string): Promise<ChildProcess> {
  const program = fork(PROGRAM, {
    execArgv: [],
    serialization: "advanced",
    env: { ...process.env, DATABASE_URL: databaseUrl, DATABASE_POOL: "1", GANTRY_LOG_LEVEL: "silent" },
  });
  await message<"ready">(program);
  return program;
}

/** The next message; rejects when the process ends first. */
async function message<T>(program: ChildProcess): Promise<T> {
  const over = new AbortController();
  const { signal } = over;
  try {
    return await Promise.race([
      once(program, "message", { signal }).then(([said]) => said as T),
      once(program, "exit", { signal }).then(([code]) => {
        throw new Error(`a client process ended with ${code}`);
      }),
    ]);
  } finally {
    over.abort();
  }
}
