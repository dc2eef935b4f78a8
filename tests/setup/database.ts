import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { inject } from "vitest";
import type { Sql } from "#lib/db/connect.ts";

/** A database of one test file, cloned from the migrated template. */
export interface TestDatabase {
  name: string;
  /** As the superuser that owns everything: sets things up and looks behind row-level security. */
  ownerUrl: string;
  /** As gantry_service, the role of the web processes and the gate. */
  serviceUrl: string;
  owner: Sql;
  service: Sql;
  /** Disconnects and drops the database. */
  close(): Promise<void>;
}

export interface TestDatabaseOptions {
  /** false: exactly what the migrations leave, without the clock that `setClock` sets. */
  clock?: boolean;
}

/** Clones the template. Call it in beforeAll and `close` in afterAll. */
export async function testDatabase({ clock = true }: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const { port, passwords, migrated, withClock } = inject("server");
  const name = `test_${randomBytes(6).toString("hex")}`;
  const url = (role: keyof typeof passwords, database: string) =>
    `postgres://${role}:${passwords[role]}@127.0.0.1:${port}/${database}`;
  const administer = async (statement: string) => {
    const admin = postgres(url("postgres", "postgres"), { max: 1, onnotice: () => undefined });
    await admin.unsafe(statement);
    await admin.end();
  };
  await administer(`create database ${name} template ${clock ? withClock : migrated} strategy file_copy`);
  const owner = open(url("postgres", name));
  const service = open(url("gantry_service", name));
  return {
    name,
    ownerUrl: url("postgres", name),
    serviceUrl: url("gantry_service", name),
    owner,
    service,
    async close() {
      await Promise.all([owner.end({ timeout: 5 }), service.end({ timeout: 5 })]);
      await administer(`drop database ${name} with (force)`);
    },
  };
}

/**
 * Sets the clock that every rule of the database reads: an instant, at which it stands still, or null for the real one.
 * Makes the partitions around it.
 */
export async function setClock(db: TestDatabase, iso: string | null): Promise<void> {
  await db.owner.begin(async (sql) => {
    await sql`delete from test.clock`;
    if (iso !== null) await sql`insert into test.clock (at) values (${iso}::timestamptz)`;
  });
  await db.owner`select launch.maintain_partitions()`;
}

function open(url: string): Sql {
  return postgres(url, { max: 10, onnotice: () => undefined });
}
