import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startAuth } from "#stack/auth.ts";
import { startMail } from "#stack/mail.ts";
import type { Part } from "#stack/part.ts";
import { freePort } from "#stack/ports.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";

const PUBLISHABLE = "sb_publishable_for_tests";
const PASSWORD = "a long enough password";

let db: TestDatabase;
let mail: Part;
let auth: Part;
let dir: string;
let origin: string;

beforeAll(async () => {
  db = await testDatabase();
  dir = mkdtempSync(join(tmpdir(), "gantry-auth-"));
  chmodSync(dir, 0o755);
  await db.owner`create table public.shown as select 1 as n`;
  await db.owner`alter role supabase_auth_admin password 'test-auth'`;
  const url = new URL(db.ownerUrl);
  url.username = "supabase_auth_admin";
  url.password = "test-auth";
  const [port, smtpPort, inboxPort] = [await freePort(), await freePort(), await freePort()];
  mail = await startMail({ smtpPort, inboxPort, dir });
  auth = await startAuth({
    port,
    databaseUrl: url.href,
    siteUrl: "http://127.0.0.1:3000",
    smtpPort,
    jwtSecret: "a secret of tests that is long enough to sign with",
    publishableKey: PUBLISHABLE,
    secretKey: "sb_secret_for_tests",
  });
  origin = `http://127.0.0.1:${port}`;
});
afterAll(async () => {
  await auth.stop();
  await mail.stop();
  await db.close();
  rmSync(dir, { recursive: true });
});

interface Asked {
  body?: object;
  headers?: Record<string, string>;
  key?: string | null;
}

function ask(path: string, { body, headers = {}, key = PUBLISHABLE }: Asked = {}): Promise<Response> {
  return fetch(origin + path, {
    method: body === undefined ? "GET" : "POST",
    headers: { ...(key === null ? {} : { apikey: key }), "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function accounts(): Promise<number> {
  const [row] = await db.owner<{ n: number }[]>`select count(*)::int as n from auth.users`;
  return row?.n ?? -1;
}

const signIn = (email: string) =>
  ask("/auth/v1/token?grant_type=password", { body: { email, password: PASSWORD } });

test("STACK-24 without the publishable key nothing is answered, and only sign-in and the Data API are served at all", async () => {
  for (const path of ["/auth/v1/settings", "/auth/v1/user", "/rest/v1/", "/rest/v1/workspaces"]) {
    expect((await ask(path, { key: null })).status, path).toBe(401);
    expect((await ask(path, { key: "sb_publishable_guessed" })).status, path).toBe(401);
  }
  for (const path of ["/", "/_system", "/_system/config", "/studio", "/storage/v1/bucket", "/auth/v2/user"]) {
    expect((await ask(path)).status, path).toBe(404);
  }
  expect((await ask("/auth/v1/settings")).status).toBe(200);
});

test("STACK-25 an anonymous visitor reads and calls nothing of ours over the Data API", async () => {
  for (const schema of ["app", "launch", "private", "auth", "vault", "cron", "net", "supabase_migrations"]) {
    const headers = { "accept-profile": schema, "content-profile": schema };
    for (const path of ["workspaces", "users", "secrets", "decrypted_secrets", "counters", "job"]) {
      const read = await ask(`/rest/v1/${path}`, { headers });
      expect(read.status, `${schema}.${path}`).toBe(406);
    }
    const called = await ask("/rest/v1/rpc/create_workspace", {
      headers,
      body: { p_name: "x", p_slug: "x-1" },
    });
    expect(called.status, schema).toBe(406);
  }
  // Control: what is open in public would be answered.
  expect(await (await ask("/rest/v1/shown")).json()).toEqual([{ n: 1 }]);
});

test("STACK-26 nobody gets in without an address, with a short password, or before it is confirmed", async () => {
  const before = await accounts();
  const signUp = (body: object) => ask("/auth/v1/signup", { body });
  for (const body of [
    {},
    { data: {} },
    { password: PASSWORD },
    { email: "a@gantry.local", password: "short" },
  ]) {
    const refused = await signUp(body);
    expect(refused.status, JSON.stringify(body)).toBeGreaterThanOrEqual(400);
    expect(refused.status, JSON.stringify(body)).toBeLessThan(500);
  }
  expect(await accounts()).toBe(before);
  expect(
    (await ask("/auth/v1/admin/users", { body: { email: "a@gantry.local", password: PASSWORD } })).ok,
  ).toBe(false);

  const made = await signUp({ email: "late@gantry.local", password: PASSWORD });
  expect(made.status).toBe(200);
  expect(await made.json()).not.toHaveProperty("access_token");
  expect((await signIn("late@gantry.local")).status).toBe(400);
  const [user] = await db.owner<{ token: string }[]>`
    select confirmation_token as token from auth.users where email = 'late@gantry.local'`;
  const verified = await ask("/auth/v1/verify", { body: { type: "signup", token_hash: user?.token } });
  expect(verified.status).toBe(200);
  expect((await signIn("late@gantry.local")).status).toBe(200);
  expect((await ask("/auth/v1/verify", { body: { type: "signup", token_hash: user?.token } })).ok).toBe(
    false,
  );
});

test("STACK-27 signed in, the Data API still shows nothing: the console reads as the service becomes the person", async () => {
  const { access_token: token }: { access_token: string } = await (await signIn("late@gantry.local")).json();
  const headers = { authorization: `Bearer ${token}` };
  expect((await ask("/auth/v1/user", { headers })).status).toBe(200);
  for (const schema of ["app", "launch", "private"]) {
    const read = await ask("/rest/v1/workspaces", { headers: { ...headers, "accept-profile": schema } });
    expect(read.status, schema).toBe(406);
  }
  const forged = `${token.slice(0, -3)}AAA`;
  expect((await ask("/auth/v1/user", { headers: { authorization: `Bearer ${forged}` } })).ok).toBe(false);
});
