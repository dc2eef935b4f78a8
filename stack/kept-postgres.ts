import { setTimeout as wait } from "node:timers/promises";
import type { Part } from "./part.ts";
import { type Postgres, type PostgresOptions, startPostgres } from "./postgres.ts";
import { reason } from "./stack-error.ts";

/** A server that is started again when it dies. */
export interface KeptPostgres extends Part {
  /** The server of the moment; between two, the last one. */
  current(): Postgres;
  /** Ends it at once: the next start recovers from its log. */
  kill(): void;
}

const ATTEMPTS = 5;

/** Starts Postgres and starts it again, with the same data and address, whenever it ends without being told to. */
export async function keepPostgres(
  options: PostgresOptions,
  report: (line: string) => void,
): Promise<KeptPostgres> {
  let server = await startPostgres(options);
  let over = false;

  async function watch(): Promise<void> {
    await server.exited;
    for (let attempt = 1; !over; attempt += 1) {
      report(`Postgres ended; starting it again. Log: ${server.logFile}`);
      try {
        server = await startPostgres(options);
        report("Postgres runs again.");
        return void watch();
      } catch (error) {
        report(`Postgres: ${reason(error)}`);
        if (attempt === ATTEMPTS) return report("Postgres stays down. Stop with Ctrl-C and look at its log.");
        await wait(attempt * 1000);
      }
    }
  }

  void watch();
  return {
    current: () => server,
    async stop() {
      over = true;
      await server.stop();
    },
    kill() {
      over = true;
      process.kill(server.pid, "SIGQUIT");
    },
  };
}
