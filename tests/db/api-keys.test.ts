import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { drawKey } from "#lib/workspace/key-format.ts";
import { ROLES, SCOPES } from "#lib/workspace/vocabulary.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import {
  asPerson,
  check,
  join,
  newKey,
  newWorkspace,
  openCountry,
  type Person,
  type TestKey,
  type Workspace,
} from "#tests/setup/people.ts";

const NOON = "2026-06-01T10:00:00.000Z";

let db: TestDatabase;
let w: Workspace;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await setClock(db, NOON);
  w = await newWorkspace(db);
  await openCountry(db, w, "PL");
});

const later = (seconds: number) => new Date(Date.parse(NOON) + seconds * 1000).toISOString();

const use = (hash: Buffer, scope = "caps.check") =>
  db.service`select workspace_id from app.act_as_key(${hash}, ${scope})`;

async function make(
  scopes: string[],
  { by = w.owner, expiresAt = null as string | null } = {},
): Promise<TestKey> {
  const { key, prefix, hash } = drawKey();
  const [made] = await asPerson(
    db,
    by,
    (sql) =>
      sql`select app.create_api_key(${w.id}, 'test', ${prefix}, ${hash}, ${scopes}, ${expiresAt}) as id`,
  );
  return { key, hash, id: made?.id };
}

async function rotate(id: string, overlap: number, by: Person = w.owner): Promise<TestKey> {
  const { key, prefix, hash } = drawKey();
  const [made] = await asPerson(
    db,
    by,
    (sql) => sql`select app.rotate_api_key(${w.id}, ${id}, ${prefix}, ${hash}, ${overlap}) as id`,
  );
  return { key, hash, id: made?.id };
}

const revoke = (id: string, by: Person = w.owner) =>
  asPerson(db, by, (sql) => sql`select app.revoke_api_key(${w.id}, ${id}, 'leaked')`);

test.each(SCOPES)("KEY-01 a key with the scope %s alone can use that one and no other", async (scope) => {
  const { hash } = await make([scope]);
  for (const asked of SCOPES) {
    if (asked === scope) expect(await use(hash, asked)).toEqual([{ workspace_id: w.id }]);
    else await expect(use(hash, asked)).rejects.toMatchObject({ code: "GTROL" });
  }
});

test("KEY-01 the scope counts again inside: a key that may read countries cannot pause one", async () => {
  const act = (key: TestKey, scope: string) =>
    db.service.begin(async (sql) => {
      await sql`select app.act_as_key(${key.hash}, ${scope})`;
      await sql`select launch.pause_country(${w.id}, 'PL', 'drill')`;
    });
  await expect(act(await make(["countries.read"]), "countries.read")).rejects.toMatchObject({
    code: "GTROL",
  });
  await act(await make(["countries.read", "countries.pause"]), "countries.read");
  const [entry] = await db.owner`
    select actor_kind, actor_label from app.audit_entries where workspace_id = ${w.id} order by sequence desc limit 1`;
  expect(entry).toEqual({ actor_kind: "api_key", actor_label: "test" });
});

test("KEY-02 a key cannot carry what no key may, nothing, or an end in the past", async () => {
  for (const scopes of [["members.manage"], ["caps.check", "audit.read"], [], [""], ["caps.CHECK"]]) {
    await expect(make(scopes)).rejects.toMatchObject({ code: "GTINV" });
  }
  for (const expiresAt of [NOON, later(-1)]) {
    await expect(make(["caps.check"], { expiresAt })).rejects.toMatchObject({ code: "GTINV" });
  }
});

test("KEY-03 a key works until it expires and not at that instant", async () => {
  const key = await make(["caps.check"], { expiresAt: later(60) });
  await setClock(db, later(59.999));
  expect(await check(db, key)).toMatchObject({ allowed: true });
  await setClock(db, later(60));
  expect(await check(db, key)).toMatchObject({ problem: "unauthenticated", allowed: null });
  await expect(use(key.hash)).rejects.toMatchObject({ code: "GTKEY" });
});

test("KEY-04 after rotation both keys work until the overlap ends, then only the new one", async () => {
  const old = await make(["caps.check"]);
  const fresh = await rotate(old.id, 3600);
  await setClock(db, later(3599));
  for (const key of [old, fresh]) expect(await check(db, key)).toMatchObject({ allowed: true });
  await setClock(db, later(3600));
  expect(await check(db, old)).toMatchObject({ problem: "unauthenticated" });
  expect(await check(db, fresh)).toMatchObject({ allowed: true });
  const [row] = await db.owner`select scopes, rotated_from from app.api_keys where id = ${fresh.id}`;
  expect(row).toEqual({ scopes: ["caps.check"], rotated_from: old.id });
});

test("KEY-04 a rotation never lengthens a key's life, and only a key in force is rotated", async () => {
  const old = await make(["caps.check"], { expiresAt: later(60) });
  await rotate(old.id, 3600);
  const [row] = await db.owner`select expires_at from app.api_keys where id = ${old.id}`;
  expect(row?.expires_at).toEqual(new Date(later(60)));
  for (const overlap of [-1, 2_592_001])
    await expect(rotate(old.id, overlap)).rejects.toMatchObject({ code: "GTINV" });
  await revoke(old.id);
  await expect(rotate(old.id, 0)).rejects.toMatchObject({ code: "GTNIL" });
});

test("KEY-05 a revoked key is refused on the next request, and revoking again changes nothing", async () => {
  const key = await newKey(db, w);
  expect(await check(db, key)).toMatchObject({ allowed: true });
  await revoke(key.id);
  expect(await check(db, key)).toMatchObject({ problem: "unauthenticated", allowed: null });
  await expect(use(key.hash)).rejects.toMatchObject({ code: "GTKEY" });
  const trail = () => db.owner`select count(*)::int as n from app.audit_entries where workspace_id = ${w.id}`;
  const before = await trail();
  await revoke(key.id);
  expect(await trail()).toEqual(before);
});

test("KEY-05 a key revoked in the middle of its own transaction can do no more in it", async () => {
  const key = await make(["countries.manage"]);
  // Its last use is kept now, so that acting with it below locks nothing that the revocation waits for.
  await use(key.hash, "countries.manage");
  await expect(
    db.service.begin(async (sql) => {
      await sql`select app.act_as_key(${key.hash}, 'countries.manage')`;
      await revoke(key.id);
      await sql`select launch.change_caps(${w.id}, 'PL', 1)`;
    }),
  ).rejects.toMatchObject({ code: "GTROL" });
});

test("KEY-06 a key is of no use in another workspace", async () => {
  const other = await newWorkspace(db);
  await openCountry(db, other, "PL");
  const key = await newKey(db, w);
  await expect(
    db.service.begin(async (sql) => {
      await sql`select app.act_as_key(${key.hash}, 'countries.manage')`;
      await sql`select launch.pause_country(${other.id}, 'PL', 'not mine')`;
    }),
  ).rejects.toMatchObject({ code: "GTNIL" });
  for (const change of [() => rotate(key.id, 0, other.owner), () => revoke(key.id, other.owner)]) {
    await expect(change()).rejects.toMatchObject({ code: "GTNIL" });
  }
});

test("KEY-07 the last use is kept to the minute: one write a minute, not one a request", async () => {
  const key = await newKey(db, w);
  const lastUsed = async () => {
    const [row] = await db.owner`select last_used_at, xmin::text from app.api_keys where id = ${key.id}`;
    return row;
  };
  expect(await lastUsed()).toMatchObject({ last_used_at: null });
  await check(db, key);
  const first = await lastUsed();
  expect(first?.last_used_at).toEqual(new Date(NOON));
  await setClock(db, later(60));
  await check(db, key);
  expect(await lastUsed()).toEqual(first);
  await setClock(db, later(61));
  await check(db, key);
  expect((await lastUsed())?.last_used_at).toEqual(new Date(later(61)));
});

test("KEY-08 only the hash of a key is stored anywhere", async () => {
  const key = await newKey(db, w);
  await check(db, key);
  const tables = await db.owner`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('app', 'launch', 'private') and c.relkind in ('r', 'p') and not c.relispartition`;
  for (const { name } of tables) {
    const found = await db.owner.unsafe(`select 1 from ${name} x where x::text like $1`, [
      `%${key.key.slice(10)}%`,
    ]);
    expect(found, name).toHaveLength(0);
  }
});

test.each(ROLES)("KEY-09 keys are for owners and admins: %s", async (role) => {
  const { id } = await newKey(db, w);
  const member = await join(db, w, role);
  for (const change of [
    () => make(["caps.check"], { by: member }),
    () => rotate(id, 60, member),
    () => revoke(id, member),
  ]) {
    if (role === "owner" || role === "admin") await change();
    else await expect(change()).rejects.toMatchObject({ code: "GTROL" });
  }
});
