import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import postgres from "postgres";
import { bootstrap, setPasswords } from "#stack/bootstrap.ts";
import { migrate } from "#stack/migrate.ts";
import { freePort } from "#stack/ports.ts";
import { type Postgres, startPostgres } from "#stack/postgres.ts";

/** Where the run's Postgres is, for every test file. */
export interface TestServer {
  port: number;
  passwords: { postgres: string; gantry_service: string };
  /** The database as the migrations leave it. */
  migrated: string;
  /** The same with a clock that tests can set. */
  withClock: string;
}

const PASSWORDS = { postgres: "test-owner", gantry_service: "test-service" };
const MIGRATED = "gantry_migrated";
const WITH_CLOCK = "gantry_with_clock";

// A crash of this server loses nothing that a test looks at: those that kill Postgres start a durable one of their own.
const FAST = { fsync: "off", full_page_writes: "off", autovacuum: "off", max_connections: "200" };

const CLOCK = `
  create schema test;
  grant usage on schema test to public;
  create table test.clock (at timestamptz not null);
  grant select on test.clock to public;
  create or replace function launch.now() returns timestamptz
    language sql stable set search_path = '' as $$
    select coalesce((select c.at from test.clock c), pg_catalog.now())
  $$;`;

/** Starts a Postgres with the two databases that test files clone. Returns where it is and how to end it. */
export async function startTestServer(): Promise<{ server: TestServer; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "gantry-test-"));
  // As root, Postgres runs as another user, who must be able to pass.
  chmodSync(folder, 0o755);
  const running = await startPostgres({
    dataDir: join(folder, "cluster"),
    port: await freePort(),
    passwords: PASSWORDS,
    settings: FAST,
  });
  const stop = async () => {
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await makeTemplates(running);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    server: { port: running.port, passwords: PASSWORDS, migrated: MIGRATED, withClock: WITH_CLOCK },
    stop,
  };
}

async function makeTemplates(server: Postgres): Promise<void> {
  await run(server.url(), `create database ${MIGRATED}`);
  const url = server.url("postgres", MIGRATED);
  await bootstrap({ url, vaultKeyFile: server.keep("vault-key", "a key for tests") });
  await migrate(url, resolve("supabase", "migrations"));
  await setPasswords(url, PASSWORDS);
  await run(server.url(), `create database ${WITH_CLOCK} template ${MIGRATED}`);
  await run(server.url("postgres", WITH_CLOCK), CLOCK);
}

async function run(url: string, statement: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  await sql.unsafe(statement);
  await sql.end();
}
