import { type Command, launch, type Run } from "./child.ts";
import type { Part } from "./part.ts";

export interface ChildOptions extends Omit<Command, "env"> {
  /** What the person at the keyboard knows it as. */
  name: string;
  /** The child's whole environment; asked for at every start. */
  env: () => Promise<Record<string, string>> | Record<string, string>;
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

/** Starts a child and keeps it running. */
export async function supervise(options: ChildOptions): Promise<Child> {
  let current: Run | undefined;
  let over = false;
  let pause = FIRST_PAUSE_MS;
  let retry: NodeJS.Timeout | undefined;

  async function start(): Promise<void> {
    const startedAt = performance.now();
    current = launch({ ...options, env: await options.env() });
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
