import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { toAppError } from "#lib/db/sqlstate.ts";
import { ERRORS } from "#lib/errors.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";

const REGISTER = readFileSync("docs/error-codes.md", "utf8");
/** `| \`code\` | second column |` of the register. */
const rows = [...REGISTER.matchAll(/^\| `([A-Za-z0-9_]+)` \| `?([a-z_0-9]+)`? \|/gm)].map(
  ([, code = "", second = ""]) => ({ code, second }),
);
const sqlstates = rows.filter(({ code }) => /^[0-9A-Z]{5}$/.test(code));
const problems = rows.filter(({ code }) => /^[a-z_]+$/.test(code));

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase({ clock: false });
});
afterAll(() => db.close());

test("CAT-13 every SQLSTATE that a function raises is registered and translated, and none is registered that is not raised", async () => {
  const raised = await db.owner<{ code: string }[]>`
    select distinct m[1] as code from pg_proc p, regexp_matches(p.prosrc, '''(GT[A-Z]{3})''', 'g') m
    where p.pronamespace::regnamespace::text in ('app', 'launch', 'private') order by 1`;
  const registered = sqlstates.map(({ code }) => code).filter((code) => code.startsWith("GT"));
  expect(registered.toSorted()).toEqual(raised.map(({ code }) => code));
  const literal = await db.owner<{ name: string }[]>`
    select p.oid::regprocedure::text as name from pg_proc p
    where p.pronamespace::regnamespace::text in ('app', 'launch', 'private') and p.proname <> 'refuse' and p.prosrc ~* 'raise\\s+(exception|sqlstate)'`;
  expect(literal.map(({ name }) => name)).toEqual([]);
});

test("CAT-13 the register says what lib/db/sqlstate.ts makes of each code, both ways", () => {
  for (const { code, second } of sqlstates) expect(toAppError({ code }).code, code).toBe(second);
  const source = readFileSync("lib/db/sqlstate.ts", "utf8");
  const translated = [...source.matchAll(/^ {2}"?([0-9][0-9A-Z]{4}|GT[A-Z]{3})"?: "/gm)].map(
    ([, code]) => code,
  );
  expect(sqlstates.map(({ code }) => code).toSorted()).toEqual(translated.toSorted());
});

test("CAT-14 the register of problem codes has every code with its status, and no other", () => {
  const listed = Object.fromEntries(problems.map(({ code, second }) => [code, Number(second)]));
  expect(listed).toEqual(
    Object.fromEntries(Object.entries(ERRORS).map(([code, { status }]) => [code, status])),
  );
});

test("CAT-14 what the database says beyond our own codes never reaches a caller", () => {
  const leak = { code: "42P01", message: 'relation "app.secrets" does not exist', detail: "internal" };
  expect(toAppError(leak)).toMatchObject({ code: "internal", message: ERRORS.internal.title, details: {} });
  expect(toAppError({ code: "57P01", message: "terminating connection" })).toMatchObject({
    code: "unavailable",
    retryAfter: 1,
  });
  expect(toAppError({ code: "GTVER", message: "Changed.", detail: '{"version": 2}' })).toMatchObject({
    code: "version_conflict",
    message: "Changed.",
    details: { version: 2 },
  });
});
