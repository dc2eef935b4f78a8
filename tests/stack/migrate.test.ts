import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { migrate } from "#stack/migrate.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";

let db: TestDatabase;
let dir: string;

beforeAll(async () => {
  db = await testDatabase();
});
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "gantry-migrations-"));
  await db.owner`drop schema if exists trial cascade`;
  await db.owner`drop schema supabase_migrations cascade`;
  write("100_trial.sql", "create schema trial; create table trial.things (id int primary key);");
  write("200_names.sql", "alter table trial.things add column name text;");
  expect(await run()).toEqual(["100_trial.sql", "200_names.sql"]);
  return () => rmSync(dir, { recursive: true });
});
afterAll(() => db.close());

const write = (file: string, text: string) => writeFileSync(join(dir, file), text);
const run = () => migrate(db.ownerUrl, dir);

async function columns(): Promise<string[]> {
  const rows = await db.owner<{ name: string }[]>`
    select column_name as name from information_schema.columns where table_schema = 'trial' order by ordinal_position`;
  return rows.map(({ name }) => name);
}

test("STACK-05 a second run finds nothing to do, and two at once apply a file once", async () => {
  expect(await run()).toEqual([]);
  write("300_more.sql", "alter table trial.things add column more text;");
  const both = await Promise.all([run(), run()]);
  expect(both.flat()).toEqual(["300_more.sql"]);
  expect(await columns()).toEqual(["id", "name", "more"]);
});

test("STACK-06 a file that was changed, removed or put before an applied one is refused by name, with a way out", async () => {
  write("300_more.sql", "alter table trial.things add column more text;");
  write("200_names.sql", "alter table trial.things add column other text;");
  await expect(run()).rejects.toMatchObject({
    message: "200_names.sql was changed after it had been applied.",
    wayOut: expect.stringContaining("npm run reset"),
  });
  write("200_names.sql", "alter table trial.things add column name text;");
  renameSync(join(dir, "100_trial.sql"), join(dir, "kept-aside"));
  await expect(run()).rejects.toThrow("Migration 100 was applied, but its file is missing.");
  renameSync(join(dir, "kept-aside"), join(dir, "100_trial.sql"));
  write("150_early.sql", "select 1;");
  await expect(run()).rejects.toThrow("150_early.sql comes before 200, which was applied already.");
  expect(await columns()).toEqual(["id", "name"]);
});

test("STACK-07 two files of one number and a file without one are refused before anything runs", async () => {
  write("300_more.sql", "alter table trial.things add column more text;");
  write("300_again.sql", "select 1;");
  await expect(run()).rejects.toThrow("Two migrations are numbered 300.");
  rmSync(join(dir, "300_again.sql"));
  write("names.sql", "select 1;");
  await expect(run()).rejects.toThrow("isn't named <digits>_<name>.sql");
  expect(await columns()).toEqual(["id", "name"]);
});

test("STACK-08 a file that fails leaves nothing of itself, keeps those before it, and names its line", async () => {
  write("300_more.sql", "alter table trial.things add column more text;");
  write("400_broken.sql", "alter table trial.things add column half text;\nselect nonsense from nowhere;");
  await expect(run()).rejects.toThrow(/^400_broken\.sql, line 2: relation "nowhere" does not exist$/);
  expect(await columns()).toEqual(["id", "name", "more"]);
  write("400_broken.sql", "alter table trial.things add column whole text;");
  expect(await run()).toEqual(["400_broken.sql"]);
});

test("STACK-09 every file runs under a lock_timeout and a statement_timeout, whatever the one before has set", async () => {
  const keep = `create table trial.settings_of_N as
    select current_setting('lock_timeout') as lock_timeout, current_setting('statement_timeout') as statement_timeout;`;
  write("300_keep.sql", `${keep.replace("N", "300")} set lock_timeout = 0; set statement_timeout = 0;`);
  write("400_keep.sql", keep.replace("N", "400"));
  await run();
  const limits = [{ lock_timeout: "2s", statement_timeout: "5min" }];
  expect([...(await db.owner`select * from trial.settings_of_300`)]).toEqual(limits);
  expect([...(await db.owner`select * from trial.settings_of_400`)]).toEqual(limits);
});
