import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import postgres, { type Sql, type TransactionSql } from "postgres";
import { ARRAY_TYPES } from "#lib/db/array-types.ts";
import { COUNTRY_CODES } from "#lib/launch/country-codes.ts";
import { drawKey } from "#lib/workspace/key-format.ts";
import { bootstrap, setPasswords } from "#stack/bootstrap.ts";
import { migrate } from "#stack/migrate.ts";
import { freePort } from "#stack/ports.ts";
import { startPostgres } from "#stack/postgres.ts";
import { killAll } from "#tests/load/crash-server.ts";

/** Where a run measures: its own Postgres with durable settings, one workspace and one key. */
export interface Place {
  root: string;
  /** A folder of this run alone. */
  dir: string;
  /** As the superuser. */
  admin: Sql;
  adminUrl: string;
  /** As gantry_service. */
  serviceUrl: string;
  workspaceId: string;
  apiKey: string;
  /** Countries in their public phase with caps that no run reaches. */
  countries: string[];
  /** Runs a statement as the workspace's owner, in a transaction. */
  asOwner<T>(work: (sql: TransactionSql) => Promise<T>): Promise<T>;
  /** kill -9 of Postgres and every process it made, then starts it again on the same port and data. */
  crash(): Promise<void>;
  close(): Promise<void>;
}

const COUNTRIES = 100;
const CAP = 100_000_000;

/** Starts Postgres on a free port, migrates it, and opens 100 countries: 300 counters. */
export async function openPlace(root: string): Promise<Place> {
  const dir = mkdtempSync(join(tmpdir(), "gantry-bench-"));
  const passwords = {
    postgres: randomBytes(12).toString("hex"),
    gantry_service: randomBytes(12).toString("hex"),
  };
  // A new cluster would spend the run creating WAL files, which a running one recycles.
  const settings = { synchronous_commit: "on", min_wal_size: "2GB", max_wal_size: "4GB" };
  const options = { dataDir: join(dir, "db"), port: await freePort(), passwords, settings };
  let server = await startPostgres(options);
  const adminUrl = server.url();
  await bootstrap({
    url: adminUrl,
    vaultKeyFile: server.keep("vault-key", randomBytes(32).toString("hex")),
    passwords,
  });
  await migrate(adminUrl, resolve(root, "supabase", "migrations"));
  await setPasswords(adminUrl, passwords);
  // Types that are not asked for on each connection: such a question, cut off by a crash, would end the run.
  const admin = postgres(adminUrl, {
    max: 1,
    fetch_types: false,
    types: ARRAY_TYPES,
    onnotice: () => undefined,
  });
  await makePeers(admin);
  const { owner, ...workspace } = await makeWorkspace(admin);
  return {
    root,
    dir,
    admin,
    adminUrl,
    serviceUrl: server.url("gantry_service"),
    ...workspace,
    asOwner: (work) => asPerson(admin, owner, work),
    async crash() {
      await killAll(server);
      server = await startPostgres(options);
    },
    async close() {
      await admin.end();
      await server.stop();
      rmSync(dir, { recursive: true, force: true });
      rmSync(server.dataDir, { recursive: true, force: true });
    },
  };
}

async function asPerson<T>(
  admin: Sql,
  person: string,
  work: (sql: TransactionSql) => Promise<T>,
): Promise<T> {
  const box: { made?: T } = {};
  await admin.begin(async (tx) => {
    await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: person })}, true)`;
    box.made = await work(tx);
  });
  return box.made as T;
}

interface Made extends Pick<Place, "workspaceId" | "apiKey" | "countries"> {
  owner: string;
}

async function makeWorkspace(admin: Sql): Promise<Made> {
  const owner = randomUUID();
  const { key, prefix, hash } = drawKey();
  const countries = ["PL", ...COUNTRY_CODES.filter((code) => code !== "PL")].slice(0, COUNTRIES);
  await admin`insert into auth.users (id, email) values (${owner}, 'owner@gantry.local')`;
  const workspaceId = await asPerson(admin, owner, async (tx) => {
    const [made] = await tx<
      { id: string }[]
    >`select id from app.create_workspace('Bench', 'bench', 'staging')`;
    const id = made?.id ?? "";
    await tx`select launch.list_countries(${id}, ${countries})`;
    for (const code of countries) {
      await tx`select launch.activate_country(${id}, ${code}, 'public', ${CAP}, ${CAP}, ${CAP})`;
    }
    await tx`select app.create_api_key(${id}, 'Bench', ${prefix}, ${hash}, array['caps.check', 'signals.report'])`;
    return id;
  });
  return { owner, workspaceId, apiKey: key, countries };
}

/** The tables of the naive design: a counter, a key and a receipt, one statement a check. */
async function makePeers(admin: Sql): Promise<void> {
  await admin.unsafe(`
    create schema bench;
    create table bench.counters (id int primary key, cap int not null, used int not null default 0);
    create table bench.keys (key text primary key, receipt_id uuid not null);
    create table bench.receipts (id uuid primary key, counter_id int not null, units int not null, decided_at timestamptz not null);
    insert into bench.counters (id, cap) select i, ${CAP} from generate_series(0, 299) i;
    create table bench.events (like launch.events, key text not null unique, primary key (workspace_id, occurred_at, source, event_id));
    create index on bench.events (workspace_id, type, occurred_at);
    create table bench.limits (key varchar(255) primary key, points integer not null default 0, expire bigint);`);
}
