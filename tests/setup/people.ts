import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { TransactionSql } from "postgres";
import { v7 } from "uuid";
import { askCaps, type CapRow } from "#lib/launch/ask-caps.ts";
import type { CapCheck } from "#lib/launch/schema.ts";
import type { OpenPhase } from "#lib/launch/vocabulary.ts";
import { drawKey } from "#lib/workspace/key-format.ts";
import { type Environment, type Role, SCOPES, type Scope } from "#lib/workspace/vocabulary.ts";
import type { TestDatabase } from "./database.ts";

/** Somebody with an account. */
export interface Person {
  id: string;
  email: string;
}

export interface Workspace {
  id: string;
  slug: string;
  owner: Person;
}

export interface TestKey {
  key: string;
  hash: Buffer;
  id: string;
}

/** How a country opens: soft unless said otherwise; caps left out take the phase's default. */
export interface Opening {
  phase?: OpenPhase;
  user?: number;
  payment?: number;
  creator?: number;
  amount?: { minor: number; currency: string };
}

/** Signs somebody up. The address defaults to a new one. */
export async function newPerson(db: TestDatabase, email?: string): Promise<Person> {
  const id = randomUUID();
  const address = email ?? `person-${id.slice(0, 8)}@gantry.local`;
  await db.owner`insert into auth.users (id, email) values (${id}, ${address})`;
  return { id, email: address };
}

/** Runs `work` in one transaction as the signed-in person, the way lib/db/as-user.ts does. */
export async function asPerson<T>(
  db: TestDatabase,
  person: Person,
  work: (sql: TransactionSql) => Promise<T>,
): Promise<T> {
  const claims = JSON.stringify({ sub: person.id, email: person.email, role: "authenticated" });
  // The driver's own result type unwraps arrays of promises, which a promised T never is.
  let result: { value: T } | undefined;
  await db.service.begin(async (sql) => {
    await sql`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', ${claims}, true)`;
    result = { value: await work(sql) };
  });
  if (result === undefined) throw new Error("the transaction ended without a result");
  return result.value;
}

/** Makes a workspace, by default a production one, with an owner. */
export async function newWorkspace(
  db: TestDatabase,
  { environment = "production" }: { environment?: Environment } = {},
): Promise<Workspace> {
  const owner = await newPerson(db);
  const slug = `test-${randomBytes(5).toString("hex")}`;
  const [made] = await asPerson(
    db,
    owner,
    (sql) => sql<{ id: string }[]>`select id from app.create_workspace('Test', ${slug}, ${environment})`,
  );
  if (made === undefined) throw new Error("create_workspace returned nothing");
  return { id: made.id, slug, owner };
}

/** Makes a new person a member, without an invitation. */
export async function join(db: TestDatabase, workspace: Workspace, role: Role): Promise<Person> {
  const person = await newPerson(db);
  await db.owner`insert into app.members (workspace_id, user_id, role) values (${workspace.id}, ${person.id}, ${role})`;
  return person;
}

/** Makes an API key, by default with every scope. */
export async function newKey(
  db: TestDatabase,
  workspace: Workspace,
  scopes: readonly Scope[] = SCOPES,
): Promise<TestKey> {
  const { key, prefix, hash } = drawKey();
  const [made] = await asPerson(
    db,
    workspace.owner,
    (sql) =>
      sql<{ id: string }[]>`
        select app.create_api_key(${workspace.id}, 'test', ${prefix}, ${hash}, ${[...scopes]}::text[]) as id`,
  );
  if (made === undefined) throw new Error("create_api_key returned nothing");
  return { key, hash, id: made.id };
}

/** Lists a country and opens it. */
export async function openCountry(
  db: TestDatabase,
  workspace: Workspace,
  code: string,
  { phase = "soft", user, payment, creator, amount }: Opening = {},
): Promise<void> {
  await asPerson(db, workspace.owner, async (sql) => {
    await sql`select launch.list_countries(${workspace.id}, ${[code]}::text[])`;
    await sql`select launch.activate_country(${workspace.id}, ${code}, ${phase}, ${user ?? null}::int, ${payment ?? null}::int,
      ${creator ?? null}::int, ${amount?.minor ?? null}::bigint, ${amount?.currency ?? null}::text)`;
  });
}

/** A check with what tests leave out: one user of PL. */
export type PartialCheck = Partial<Omit<CapCheck, "country">> & { country?: string };

/** Asks once. The idempotency key defaults to a new one. */
export async function check(
  db: TestDatabase,
  key: TestKey,
  partial: PartialCheck = {},
  idempotencyKey: string = randomUUID(),
): Promise<CapRow> {
  const [row] = await checkMany(db, key, [{ ...partial, idempotencyKey }]);
  if (row === undefined) throw new Error("check_caps returned nothing");
  return row;
}

/** Asks for several checks in one call, by the key or one of their own, answered in order. Ids carry the database's clock, as a server's carry its own. */
export async function checkMany(
  db: TestDatabase,
  key: TestKey,
  checks: (PartialCheck & { idempotencyKey?: string; by?: TestKey })[],
): Promise<CapRow[]> {
  const [clock] = await db.service<{ now: Date }[]>`select launch.now() as now`;
  const questions = checks.map(({ idempotencyKey = randomUUID(), by = key, ...partial }, place) => {
    const asked = { country: "PL", operation: "user", units: 1, ...partial } as CapCheck;
    const digest = createHash("sha256")
      .update(JSON.stringify(Object.entries(asked).toSorted()))
      .digest("hex");
    return {
      keyHash: by.hash,
      id: v7({ msecs: clock?.now.getTime() ?? Date.now(), seq: place }),
      idempotencyKey,
      fingerprint: digest.slice(0, 32),
      check: asked,
    };
  });
  return askCaps(db.service, questions);
}

/** Settles one reservation. */
export async function settle(
  db: TestDatabase,
  key: TestKey,
  id: string,
  action: "commit" | "release",
): Promise<{ problem: string | null; state: string | null; settled_at: Date | null }> {
  const [row] = await db.service<{ problem: string | null; state: string | null; settled_at: Date | null }[]>`
    select * from launch.settle_reservations(array[${key.hash}::bytea], array[1], array[${id}::uuid], array[${action}::text])`;
  if (row === undefined) throw new Error("settle_reservations returned nothing");
  return row;
}
