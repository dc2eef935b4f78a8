import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { beforeEach, expect, test } from "vitest";
import { waitUntil } from "#stack/alive.ts";
import { bootstrap } from "#stack/bootstrap.ts";
import { freePort } from "#stack/ports.ts";
import { type Postgres, type PostgresOptions, startPostgres } from "#stack/postgres.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "gantry-cluster-"));
  chmodSync(dir, 0o755);
  return () => rmSync(dir, { recursive: true, force: true });
});

async function options(): Promise<PostgresOptions> {
  return { dataDir: join(dir, "db"), port: await freePort(), passwords: { postgres: "test" } };
}

async function ask<T extends object>(server: Postgres, statement: string): Promise<T[]> {
  const sql = postgres(server.url(), { max: 1, onnotice: () => undefined });
  try {
    return [...(await sql.unsafe<T[]>(statement))];
  } finally {
    await sql.end();
  }
}

test("STACK-17 a server left behind on the folder is stopped and taken over, with all that was committed", async () => {
  const where = await options();
  const orphan = await startPostgres(where);
  await ask(orphan, "create table kept as select 1 as n");
  const next = await startPostgres({ ...where, port: await freePort() });
  await orphan.exited;
  try {
    expect(next.pid).not.toBe(orphan.pid);
    expect(await ask(next, "select n from kept")).toEqual([{ n: 1 }]);
  } finally {
    await next.stop();
  }
});

test("STACK-18 a server that was killed is recovered, though another program has its number now", async () => {
  const where = await options();
  const killed = await startPostgres(where);
  await ask(killed, "create table kept as select 1 as n");
  process.kill(killed.pid, "SIGKILL");
  await killed.exited;
  const pidFile = join(killed.dataDir, "postmaster.pid");
  const lines = readFileSync(pidFile, "utf8").split("\n");
  writeFileSync(pidFile, [process.pid, ...lines.slice(1)].join("\n"));
  const next = await startPostgres(where);
  try {
    expect(await ask(next, "select n from kept")).toEqual([{ n: 1 }]);
  } finally {
    await next.stop();
  }
});

test("STACK-19 a half-made folder and one of another version are refused and left as they are", async () => {
  const where = await options();
  const { stop, dataDir } = await startPostgres(where);
  await stop();
  writeFileSync(join(dataDir, "PG_VERSION"), "16\n");
  await expect(startPostgres(where)).rejects.toThrow(/was made by Postgres 16; this is Postgres 17/);
  rmSync(join(dataDir, "gantry-cluster"));
  await expect(startPostgres(where)).rejects.toMatchObject({
    message: `The data folder ${dataDir} is half made.`,
    wayOut: "Start afresh with: npm run reset",
  });
  expect(existsSync(join(dataDir, "global"))).toBe(true);
});

test("STACK-20 the vault keeps no secret readable: its table and its dump hold none, and its key is a file of the server's user", async () => {
  const server = await startPostgres(await options());
  try {
    const vaultKeyFile = server.keep("vault-key", "a key for tests");
    expect(statSync(vaultKeyFile).mode & 0o777).toBe(0o600);
    await bootstrap({ url: server.url(), vaultKeyFile });
    await ask(server, "select vault.create_secret('open sesame', 'door')");
    expect(
      await ask(server, "select decrypted_secret from vault.decrypted_secrets where name = 'door'"),
    ).toEqual([{ decrypted_secret: "open sesame" }]);
    const [stored] = await ask<{ row: string }>(server, "select s::text as row from vault.secrets s");
    expect(stored?.row).toContain("door");
    expect(stored?.row).not.toContain("sesame");
    await ask(server, "select vault.update_secret(id, 'close sesame') from vault.secrets");
    await bootstrap({ url: server.url(), vaultKeyFile });
    expect(await ask(server, "select decrypted_secret from vault.decrypted_secrets")).toEqual([
      { decrypted_secret: "close sesame" },
    ]);
    server.keep("vault-key", "another key");
    await expect(ask(server, "select decrypted_secret from vault.decrypted_secrets")).rejects.toThrow(
      "Wrong key or corrupt data",
    );
  } finally {
    await server.stop();
  }
});

test("STACK-29 a server that was killed is started again as soon as the last of its own processes has ended", async () => {
  const where = await options();
  const killed = await startPostgres(where);
  const held = postgres(killed.url(), { max: 1, onclose: () => undefined });
  const [backend] = await held<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const pid = backend?.pid ?? 0;
  process.kill(pid, "SIGSTOP");
  process.kill(killed.pid, "SIGKILL");
  await killed.exited;
  let isUp = false;
  const starting = startPostgres(where).then((server) => {
    isUp = true;
    return server;
  });
  try {
    const refusals = () => readFileSync(killed.logFile, "utf8").split("is still in use").length - 1;
    expect(await waitUntil(() => refusals() >= 2, 20_000)).toBe(true);
    expect(isUp).toBe(false);
  } finally {
    process.kill(pid, "SIGKILL");
  }
  const next = await starting;
  try {
    expect(await ask(next, "select 1 as n")).toEqual([{ n: 1 }]);
  } finally {
    await Promise.all([held.end({ timeout: 0 }), next.stop()]);
  }
});
