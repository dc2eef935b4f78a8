import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bootstrap, setPasswords } from "#stack/bootstrap.ts";
import { migrate } from "#stack/migrate.ts";
import { freePort } from "#stack/ports.ts";
import { type Postgres, startPostgres } from "#stack/postgres.ts";
import { readBooks } from "#tests/db/races/books.ts";
import type { TestDatabase } from "#tests/setup/database.ts";
import {
  asPerson,
  check,
  checkMany,
  newKey,
  newWorkspace,
  openCountry,
  settle,
} from "#tests/setup/people.ts";

const PASSWORDS = { postgres: "test-owner", gantry_service: "test-service" };

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "gantry-restore-"));
  chmodSync(dir, 0o755);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const start = async (folder: string) =>
  startPostgres({ dataDir: join(dir, folder), port: await freePort(), passwords: PASSWORDS });

function connected(server: Postgres): TestDatabase {
  const [ownerUrl, serviceUrl] = [server.url(), server.url("gantry_service")];
  const owner = postgres(ownerUrl, { max: 4, onnotice: () => undefined });
  const service = postgres(serviceUrl, { max: 4, onnotice: () => undefined });
  return {
    name: "postgres",
    ownerUrl,
    serviceUrl,
    owner,
    service,
    async close() {
      await Promise.all([owner.end({ timeout: 5 }), service.end({ timeout: 5 })]);
    },
  };
}

/** How many rows each table has, and what they hash to. */
async function rowsOf({ owner }: TestDatabase): Promise<Record<string, string>> {
  const tables = await owner<{ name: string }[]>`
    select c.oid::regclass::text as name from pg_class c
    where c.relnamespace::regnamespace::text in ('app', 'launch', 'private', 'auth') and c.relkind = 'r'`;
  const found: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await owner.unsafe<{ sum: string }[]>(
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '' order by t::text)), '') as sum from ${name} t`,
    );
    found[name] = row?.sum ?? "";
  }
  return found;
}

test("STACK-28 a cold copy of the cluster is restored with every row: the ledger is the counter, the trail verifies, checks go on", {
  timeout: 120_000,
}, async () => {
  const first = await start("db");
  await bootstrap({ url: first.url(), vaultKeyFile: first.keep("vault-key", "a key for tests") });
  await migrate(first.url(), resolve("supabase", "migrations"));
  await setPasswords(first.url(), PASSWORDS);
  const before = connected(first);
  const workspace = await newWorkspace(before);
  const key = await newKey(before, workspace);
  await openCountry(before, workspace, "PL", { user: 2000 });
  for (let call = 0; call < 4; call++)
    await checkMany(
      before,
      key,
      Array.from({ length: 250 }, () => ({})),
    );
  const held = await check(before, key, { hold_seconds: 3600 }, "held");
  const rows = await rowsOf(before);
  await before.close();
  await first.stop();

  const startedAt = performance.now();
  const copied = spawnSync("cp", ["-a", first.dataDir, join(dir, "copy")], { encoding: "utf8" });
  expect(copied.stderr).toBe("");
  rmSync(first.dataDir, { recursive: true });
  const second = await start("copy");
  const after = connected(second);
  try {
    await after.service`select 1`;
    process.stdout.write(`restored in ${Math.round(performance.now() - startedAt)} ms\n`);
    expect(await rowsOf(after)).toEqual(rows);
    const books = await readBooks(after, workspace.id);
    expect(books).toMatchObject({ used: 1001, ledger: 1001, held: 1, ledgerHeld: 1 });
    const verified = await asPerson(
      after,
      workspace.owner,
      (sql) => sql`select first_bad, problem from app.verify_audit(${workspace.id})`,
    );
    expect([...verified]).toEqual([{ first_bad: null, problem: null }]);
    expect(await check(after, key, { hold_seconds: 3600 }, "held")).toMatchObject({
      id: held.id,
      replayed: true,
    });
    expect(await settle(after, key, held.id, "release")).toMatchObject({ state: "released" });
    expect(await check(after, key)).toMatchObject({ allowed: true, remaining: 999 });
  } finally {
    await after.close();
    await second.stop();
  }
});
