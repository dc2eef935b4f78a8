import type { TransactionSql } from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { LINTS, type Lint } from "./lints.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase({ clock: false });
});
afterAll(() => db.close());

async function faults(sql: TransactionSql, lint: Lint): Promise<string[]> {
  const rows = await sql.unsafe<{ name: string }[]>(lint.find);
  return rows.map(({ name }) => name);
}

/** Runs `work` and undoes what it did. */
async function undone(work: (sql: TransactionSql) => Promise<void>): Promise<void> {
  const enough = new Error("undone");
  await expect(
    db.owner.begin(async (sql) => {
      await work(sql);
      throw enough;
    }),
  ).rejects.toBe(enough);
}

describe.each(LINTS)("$name", (lint) => {
  test(`LINT-01 the catalogue shows no ${lint.name}`, () =>
    undone(async (sql) => {
      expect(await faults(sql, lint)).toEqual([]);
    }));

  test(`LINT-02 control: a planted ${lint.name} is found`, () =>
    undone(async (sql) => {
      await sql.unsafe(lint.plant);
      expect(await faults(sql, lint)).toContain(lint.planted);
    }));
});
