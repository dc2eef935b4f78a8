import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import postgres, { type Sql } from "postgres";
import { readConfig } from "./config.ts";
import { createPrinter } from "./print.ts";
import { loadSecrets } from "./secrets.ts";
import { reason, StackError } from "./stack-error.ts";

/** A file of supabase/migrations: `<version>_<name>.sql`. */
interface Migration {
  file: string;
  version: string;
  name: string;
  text: string;
  checksum: string;
}

interface Applied {
  version: string;
  /** Null when the Supabase CLI applied it: then there is nothing to compare. */
  checksum: string | null;
}

const ADVISORY_LOCK = 7_221_377_001n;
const WAIT_FOR_OTHER_MIGRATOR = "2min";
// Shorter than the four seconds a cap check waits: whoever queues behind the lock a migration waits for is still answered.
const LOCK_TIMEOUT = "2s";
const LOCK_ATTEMPTS = 30;
const LOCK_PAUSE_MS = 1000;
/** A lock that wasn't to be had in time, and a deadlock that Postgres has broken. */
const GIVES_WAY = ["55P03", "40P01"];
const STATEMENT_TIMEOUT = "5min";

/**
 * Applies the migrations of a folder that a database doesn't have yet, in name order, each in its own transaction,
 * and records them in supabase_migrations.schema_migrations as the Supabase CLI does. Returns the files applied.
 * A second migrator waits for the first and finds nothing left to do. A file that can't have its locks within two
 * seconds lets the others go on and tries again, for a minute and a half. The connection must not go through a
 * transaction pooler. Throws a StackError when an applied file was changed, removed or preceded by a new one, and when
 * a statement fails (nothing of that file is kept).
 */
export async function migrate(url: string, dir: string): Promise<string[]> {
  const migrations = readMigrations(dir);
  const db = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await reach(db);
    await db.unsafe(`set lock_timeout = '${WAIT_FOR_OTHER_MIGRATOR}'`);
    await db`select pg_advisory_lock(${ADVISORY_LOCK.toString()}::bigint)`;
    await prepareHistory(db);
    const pending = pendingOf(migrations, await readApplied(db));
    for (const migration of pending) await apply(db, migration);
    return pending.map(({ file }) => file);
  } finally {
    await db.end();
  }
}

async function reach(db: Sql): Promise<void> {
  try {
    await db`select 1`;
  } catch (error) {
    const { host, port, database } = db.options;
    const place = `${host.join(",")}:${port.join(",")}/${database}`;
    throw new StackError(
      `The database at ${place} can't be reached: ${reason(error)}.`,
      "Start it (npm start), or set DATABASE_URL to the one to migrate.",
      { cause: error },
    );
  }
}

function readMigrations(dir: string): Migration[] {
  const files = readdirSync(dir)
    .filter((file) => file.endsWith(".sql"))
    .sort();
  const migrations = files.map((file) => {
    const [, version, name] = /^(\d+)_([a-z0-9_]+)\.sql$/.exec(file) ?? [];
    if (!version || !name) {
      throw new StackError(`${join(dir, file)} isn't named <digits>_<name>.sql.`, "Rename it.");
    }
    const text = readFileSync(join(dir, file), "utf8");
    return { file, version, name, text, checksum: createHash("sha256").update(text).digest("hex") };
  });
  const twin = migrations.find(({ version }, index) => migrations[index + 1]?.version === version);
  if (twin) throw new StackError(`Two migrations are numbered ${twin.version}.`, "Give each its own number.");
  return migrations;
}

async function prepareHistory(db: Sql): Promise<void> {
  await db.unsafe(`
    create schema if not exists supabase_migrations;
    create table if not exists supabase_migrations.schema_migrations (
      version text not null primary key,
      statements text[],
      name text
    );
    create table if not exists supabase_migrations.file_checksums (
      version text not null primary key,
      checksum text not null
    );
    alter table supabase_migrations.schema_migrations enable row level security;
    alter table supabase_migrations.file_checksums enable row level security;`);
}

async function readApplied(db: Sql): Promise<Applied[]> {
  return await db<Applied[]>`
    select version, checksum
    from supabase_migrations.schema_migrations
    left join supabase_migrations.file_checksums using (version)
    order by version`;
}

function pendingOf(migrations: Migration[], applied: Applied[]): Migration[] {
  const wayOut =
    "Put the file back as it was and add a new one; or, locally, start afresh with: npm run reset";
  const byVersion = new Map(migrations.map((migration) => [migration.version, migration]));
  for (const { version, checksum } of applied) {
    const migration = byVersion.get(version);
    if (!migration) {
      throw new StackError(`Migration ${version} was applied, but its file is missing.`, wayOut);
    }
    if (checksum && checksum !== migration.checksum) {
      throw new StackError(`${migration.file} was changed after it had been applied.`, wayOut);
    }
    byVersion.delete(version);
  }
  const pending = [...byVersion.values()];
  const newest = applied.at(-1)?.version ?? "";
  const early = pending.find(({ version }) => version < newest);
  if (early) {
    throw new StackError(
      `${early.file} comes before ${newest}, which was applied already.`,
      "Give it a later number; or, locally, start afresh with: npm run reset",
    );
  }
  return pending;
}

async function apply(db: Sql, migration: Migration): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await applyOnce(db, migration);
    } catch (error) {
      const isLocked = error instanceof postgres.PostgresError && GIVES_WAY.includes(error.code);
      if (isLocked && attempt < LOCK_ATTEMPTS) {
        await wait(LOCK_PAUSE_MS);
        continue;
      }
      const { file, text } = migration;
      const place = error instanceof postgres.PostgresError ? lineOf(text, Number(error.position)) : "";
      throw new StackError(`${file}${place}: ${reason(error)}`, "Nothing of this file was applied.", {
        cause: error,
      });
    }
  }
}

async function applyOnce(db: Sql, { version, name, text, checksum }: Migration): Promise<void> {
  await db.unsafe("reset role; reset all");
  await db.begin(async (tx) => {
    await tx.unsafe(
      `set local lock_timeout = '${LOCK_TIMEOUT}'; set local statement_timeout = '${STATEMENT_TIMEOUT}'`,
    );
    await tx.unsafe(text);
    await tx`
      insert into supabase_migrations.schema_migrations (version, name, statements)
      values (${version}, ${name}, ${[text]})`;
    await tx`insert into supabase_migrations.file_checksums (version, checksum) values (${version}, ${checksum})`;
  });
}

function lineOf(text: string, position: number): string {
  return position > 0 ? `, line ${text.slice(0, position).split("\n").length}` : "";
}

/** `npm run db:migrate`: migrates DATABASE_URL, or the local database when that isn't set. */
async function main(): Promise<void> {
  const print = createPrinter(process.stdout.isTTY);
  try {
    const config = readConfig();
    const local = () =>
      `postgres://postgres:${loadSecrets(config.dataDir).passwords.postgres}@127.0.0.1:${config.ports.db}/postgres`;
    const applied = await migrate(
      config.databaseUrl ?? local(),
      resolve(config.root, "supabase", "migrations"),
    );
    print.line(applied.length ? `Applied:\n  ${applied.join("\n  ")}` : "Nothing to apply.");
  } catch (error) {
    print.problem(error);
    process.exitCode = 1;
  }
}

if (import.meta.main) await main();
