import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { migrate } from "#stack/migrate.ts";
import { type Fleet, startFleet } from "#tests/load/fleet.ts";
import type { Observation } from "#tests/load/job.ts";
import { untilUsed } from "#tests/load/wait.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newKey, newWorkspace, openCountry, type Workspace } from "#tests/setup/people.ts";

/** What migrate.ts allows a migration to wait for a lock, and what a busy machine adds. */
const LOCK_TIMEOUT = 2000;
const SLACK = 1500;

/** A release that expands the tables that every check reads and writes, a file each. */
const EXPANSION = [
  "alter table launch.countries add column note text; alter table launch.counters add column reserve int not null default 0;",
  "alter table launch.receipts add column channel text; alter table launch.reservations add column channel text;",
  "alter table launch.countries add constraint note_is_short check (char_length(note) <= 500) not valid;",
  "alter table launch.countries validate constraint note_is_short;",
  "create index counters_day_ends_at_idx on launch.counters (day_ends_at);",
  "create table launch.notes (workspace_id uuid not null, country text not null references launch.iso_countries (code), primary key (workspace_id, country)); alter table launch.notes enable row level security;",
  "create function launch.note_of(p_country text) returns text language sql stable set search_path = '' as $$ select p_country $$; revoke execute on function launch.note_of(text) from public;",
];

let db: TestDatabase;
let fleet: Fleet;
let workspace: Workspace;
let dir: string;
let used = 0;

beforeAll(async () => {
  db = await testDatabase({ clock: false });
  fleet = await startFleet(2, db.serviceUrl);
  workspace = await newWorkspace(db);
  await openCountry(db, workspace, "PL", { phase: "public", user: 10_000_000 });
});
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "gantry-expansion-"));
  cpSync("supabase/migrations", dir, { recursive: true });
});
afterEach(() => rmSync(dir, { recursive: true }));
afterAll(async () => {
  await fleet.close();
  await db.close();
});

const write = (number: number, text: string) =>
  writeFileSync(join(dir, `9999010100000${number}_expansion.sql`), text);

/** Keeps asking from two processes while `work` is done; returns all that they saw. */
async function underLoad(work: () => Promise<void>): Promise<Observation[]> {
  const { key: apiKey } = await newKey(db, workspace);
  const check = { country: "PL", operation: "user", units: 1 } as const;
  const running = fleet.run(() => ({
    route: { kind: "engine" },
    apiKey,
    check,
    callers: 8,
    keys: null,
    persist: false,
    brief: true,
  }));
  await further(200);
  await work();
  await further(200);
  fleet.finish();
  return (await running).flat();
}

/** Waits until so many more checks have been granted. */
async function further(checks: number): Promise<void> {
  const [row] = await db.owner<{ used: number }[]>`
    select used from launch.counters where workspace_id = ${workspace.id} and operation = 'user'`;
  used = (row?.used ?? 0) + checks;
  await untilUsed(db, workspace.id, used);
}

function expectAllGranted(observations: Observation[]): void {
  const outcomes = observations.map(({ outcome }) => (outcome.answered ? outcome.reason : outcome.code));
  expect(new Set(outcomes)).toEqual(new Set(["granted"]));
  const stall = Math.max(...observations.map(({ startedAt, endedAt }) => endedAt - startedAt));
  expect(stall, `the longest check took ${Math.round(stall)} ms`).toBeLessThan(LOCK_TIMEOUT + SLACK);
}

test("SHIFT-01 a release that expands the tables of cap checks is applied under load: no check fails, none waits longer than a lock may", {
  timeout: 120_000,
}, async () => {
  const observations = await underLoad(async () => {
    for (const [index, text] of EXPANSION.entries()) {
      write(index, text);
      expect(await migrate(db.ownerUrl, dir)).toHaveLength(1);
      await further(50);
    }
  });
  expectAllGranted(observations);
});

test("SHIFT-02 a migration behind a transaction that stays open lets checks go on, and is applied when that has ended", {
  timeout: 120_000,
}, async () => {
  for (const [index, text] of EXPANSION.entries()) write(index, text);
  await migrate(db.ownerUrl, dir);
  write(8, "alter table launch.countries add column later text;");
  let applied: string[] | undefined;
  const observations = await underLoad(async () => {
    const reader = await db.owner.reserve();
    await reader`begin`;
    await reader`select count(*) from launch.countries`;
    const migrating = migrate(db.ownerUrl, dir).then((files) => {
      applied = files;
    });
    // Two rounds of waiting and giving way, each with checks answered after it.
    for (let round = 0; round < 2; round++) {
      await untilWaiting();
      await untilNoneWaits();
      await further(50);
    }
    expect(applied).toBeUndefined();
    await reader`rollback`;
    reader.release();
    await migrating;
  });
  expect(applied).toEqual(["99990101000008_expansion.sql"]);
  expectAllGranted(observations);
});

async function waiting(): Promise<boolean> {
  const [row] = await db.owner<{ waits: boolean }[]>`
    select exists (select from pg_locks l where l.relation = 'launch.countries'::regclass and not l.granted
      and l.mode = 'AccessExclusiveLock') as waits`;
  return row?.waits ?? false;
}

async function untilWaiting(): Promise<void> {
  await expect.poll(waiting, { timeout: 20_000, interval: 20 }).toBe(true);
}

async function untilNoneWaits(): Promise<void> {
  await expect.poll(waiting, { timeout: 20_000, interval: 20 }).toBe(false);
}
