import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import postgres from "postgres";
import { connect } from "#lib/db/connect.ts";
import { commandLine, waitUntil } from "#stack/alive.ts";
import { bootstrap, setPasswords } from "#stack/bootstrap.ts";
import { migrate } from "#stack/migrate.ts";
import { freePort } from "#stack/ports.ts";
import { type Postgres, startPostgres } from "#stack/postgres.ts";
import type { TestDatabase } from "#tests/setup/database.ts";

const PASSWORDS = { postgres: "test-owner", gantry_service: "test-service" };
const DATABASE = "crash";

/** A durable Postgres of one test file, made to be killed. */
export interface CrashServer {
  db: TestDatabase;
  /** kill -9 of the postmaster and every process it made; settles when all of them have gone. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data. Returns the milliseconds until it took connections. */
  restart(): Promise<number>;
}

/** Starts a Postgres of its own with the migrated database. `settings` go on top of the durable ones. */
export async function startCrashServer(settings: Record<string, string> = {}): Promise<CrashServer> {
  const folder = mkdtempSync(join(tmpdir(), "gantry-crash-"));
  // As root, Postgres runs as another user, who must be able to pass.
  chmodSync(folder, 0o755);
  const options = {
    dataDir: join(folder, "cluster"),
    port: await freePort(),
    passwords: PASSWORDS,
    settings,
  };
  let server = await startPostgres(options);
  const url = (role: string) => server.url(role, DATABASE);
  await prepare(server, url("postgres"));
  process.env.DATABASE_URL = url("gantry_service");
  // The product's own way to connect: other settings of the driver do not survive a connection that dies while it is made.
  const owner = connect("test", 4, url("postgres"));
  const service = connect("test", 4);
  return {
    db: {
      name: DATABASE,
      ownerUrl: url("postgres"),
      serviceUrl: url("gantry_service"),
      owner,
      service,
      async close() {
        await Promise.all([owner.end({ timeout: 1 }), service.end({ timeout: 1 })]);
        await server.stop();
        rmSync(folder, { recursive: true, force: true });
      },
    },
    kill: () => killAll(server),
    async restart() {
      const from = performance.now();
      server = await startPostgres(options);
      return performance.now() - from;
    },
  };
}

async function prepare(server: Postgres, url: string): Promise<void> {
  const admin = postgres(server.url(), { max: 1, onnotice: () => undefined });
  await admin.unsafe(`create database ${DATABASE}`);
  await admin.end();
  await bootstrap({ url, vaultKeyFile: server.keep("vault-key", "a key for tests") });
  await migrate(url, resolve("supabase", "migrations"));
  await setPasswords(url, PASSWORDS);
}

/** kill -9 of a postmaster and every process it made. Settles when all of them have gone. */
export async function killAll(server: Postgres): Promise<void> {
  const children = execFileSync("ps", ["-o", "pid=", "--ppid", String(server.pid)], { encoding: "utf8" })
    .split("\n")
    .map(Number)
    .filter((pid) => pid > 0);
  for (const pid of [server.pid, ...children]) kill(pid);
  await server.exited;
  const gone = await waitUntil(() => children.every((pid) => commandLine(pid) === undefined), 10_000);
  if (!gone) throw new Error("a Postgres process survived kill -9");
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
