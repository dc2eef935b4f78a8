import type { Part } from "./part.ts";

/** What has been started, in order; stopping goes the other way. */
export interface Parts {
  add(name: string, part: Part & { kill?: () => void }): void;
  isStopping(): boolean;
  /** Throws when stopping has begun: nothing more may start. */
  throwIfStopping(): void;
  /** Stops the newest part first, each fully before the one it may need. Asked twice, it is the same stop. */
  stop(): Promise<void>;
  /** Ends everything that is a process, at once. */
  kill(): void;
}

/** Thrown by whatever would have started something while everything is being stopped. */
class Stopping extends Error {
  override readonly name = "Stopping";
}

/** An empty list of parts. `onProblem` hears of a part that couldn't be stopped; the others are stopped all the same. */
export function createParts(onProblem: (name: string, error: unknown) => void): Parts {
  const parts: { name: string; part: Part & { kill?: () => void } }[] = [];
  let stopped: Promise<void> | undefined;

  async function stopOne({ name, part }: (typeof parts)[number]): Promise<void> {
    try {
      await part.stop();
    } catch (error) {
      onProblem(name, error);
    }
  }

  async function stopAll(): Promise<void> {
    for (const part of parts.toReversed()) await stopOne(part);
  }

  return {
    add(name, part) {
      parts.push({ name, part });
      // It was being started when stopping began.
      if (stopped) stopped = stopped.then(() => stopOne({ name, part }));
    },
    isStopping: () => stopped !== undefined,
    throwIfStopping() {
      if (stopped) throw new Stopping();
    },
    async stop() {
      stopped ??= stopAll();
      await stopped;
    },
    kill() {
      for (const { part } of parts) part.kill?.();
    },
  };
}
