import { writeFileSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { startTestServer } from "#tests/setup/server.ts";
import { dumpSchema } from "./schema-dump.ts";

/** `node tests/db/write-golden.ts`: writes what the migrations make now, to be committed with the migration that changed it. */
const { server, stop } = await startTestServer();
try {
  const { port, passwords, migrated } = server;
  const sql = postgres(`postgres://postgres:${passwords.postgres}@127.0.0.1:${port}/${migrated}`, { max: 1 });
  writeFileSync(join(import.meta.dirname, "schema.golden.sql"), await dumpSchema(sql));
  await sql.end();
} finally {
  await stop();
}
