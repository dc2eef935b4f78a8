import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect, type Sql } from "#lib/db/connect.ts";
import { startFleet } from "#tests/load/fleet.ts";
import { startFragileRelay } from "#tests/load/fragile-relay.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newKey, newWorkspace, openCountry } from "#tests/setup/people.ts";
import { readBooks } from "./books.ts";

let db: TestDatabase;
let sql: Sql;

beforeAll(async () => {
  db = await testDatabase();
  process.env.DATABASE_URL = db.serviceUrl;
  sql = connect("test", 1);
});
afterAll(async () => {
  await sql.end();
  await db.close();
});

test("CRASH-06 connections reset while they are being made end no process: it asks again and is answered", async () => {
  const workspace = await newWorkspace(db);
  const { key: apiKey } = await newKey(db, workspace);
  await openCountry(db, workspace, "PL", { phase: "alpha" });
  const relay = await startFragileRelay(db.serviceUrl, 5);
  const fleet = await startFleet(1, relay.url);
  const check = { country: "PL", operation: "user", units: 1 } as const;
  const keys = [randomUUID(), randomUUID()];
  const [observations = []] = await fleet.run(() => {
    return { route: { kind: "engine" }, apiKey, check, callers: 2, keys, persist: true };
  });
  expect(relay.left).toBe(0);
  expect(observations.map(({ outcome }) => outcome.answered)).toEqual([true, true]);
  expect(new Set(observations.flatMap(({ problems }) => problems))).toEqual(new Set(["unavailable"]));
  expect(await readBooks(db, workspace.id)).toMatchObject({ used: 2, grants: 2 });
  await fleet.close();
  await relay.close();
});

test("CRASH-07 lists reach the database and come back as they are, whatever characters they hold", async () => {
  const storable = fc
    .string({ unit: "grapheme" })
    .filter((text) => !text.includes("\0") && text.isWellFormed());
  const texts = fc.array(
    fc.option(fc.oneof(storable, fc.constantFrom("", "NULL", '"', "\\", "{", ",", "a b\n"))),
  );
  await fc.assert(
    fc.asyncProperty(
      texts,
      fc.array(fc.option(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }))),
      async (words, numbers) => {
        const [row] = await sql`select ${words}::text[] as words, ${numbers}::int[] as numbers`;
        expect({ words: row?.words, numbers: row?.numbers }).toEqual({ words, numbers });
      },
    ),
    { numRuns: 200 },
  );
});
