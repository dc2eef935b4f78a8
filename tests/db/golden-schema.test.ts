import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { testDatabase } from "#tests/setup/database.ts";
import { dumpSchema } from "./schema-dump.ts";

test("CAT-10 the committed dump is what the migrations make (else: node tests/db/write-golden.ts)", async () => {
  const db = await testDatabase({ clock: false });
  const golden = readFileSync(join(import.meta.dirname, "schema.golden.sql"), "utf8");
  const made = await dumpSchema(db.owner);
  await db.close();
  expect(made.split("\n")).toEqual(golden.split("\n"));
});
