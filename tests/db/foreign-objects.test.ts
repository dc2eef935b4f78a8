import { afterAll, beforeAll, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import {
  asPerson,
  check,
  join,
  newKey,
  newWorkspace,
  openCountry,
  type Workspace,
} from "#tests/setup/people.ts";
import {
  FOREIGN_CALLS,
  type ForeignCall,
  KEY_READINGS,
  NO_READING,
  NO_THING,
  READINGS,
} from "./foreign-calls.ts";
import { furnishDomains } from "./furnish.ts";
import { furnishThreats } from "./furnish-threats.ts";

/** Undoes a transaction whose outcome has been seen. */
class Undo extends Error {}

let db: TestDatabase;
let home: Workspace;
let elsewhere: Workspace;

beforeAll(async () => {
  db = await testDatabase();
  home = await furnished();
  elsewhere = await furnished();
});
afterAll(() => db.close());

/** A workspace with one of everything that calls can name. */
async function furnished(): Promise<Workspace> {
  const workspace = await newWorkspace(db);
  const key = await newKey(db, workspace);
  await join(db, workspace, "viewer");
  await openCountry(db, workspace, "PL", { user: 1 });
  await check(db, key, {}, "asked");
  await asPerson(
    db,
    workspace.owner,
    (
      sql,
    ) => sql`select app.invite_member(${workspace.id}, gen_random_uuid(), 'invited@gantry.local', 'viewer',
      sha256(gen_random_uuid()::text::bytea))`,
  );
  await db.owner`select private.raise_alert(${workspace.id}, 'load', 'drill', 'warning', 'A drill')`;
  await furnishThreats(db, workspace, await join(db, workspace, "safety"));
  await furnishDomains(db, workspace);
  await db.owner`insert into launch.subject_countries values (${workspace.id}, 'drill', 'PL', now())`;
  await db.owner`insert into launch.job_runs (job, due_at, workspace_id) values ('outbox', clock_timestamp(), ${workspace.id})`;
  await db.owner`update launch.forecasts set hour_at = hour_at + interval '3 hours' where workspace_id = ${workspace.id}`;
  await db.owner`update launch.forecast_outcomes set forecasts = 1, within_p90 = 1 where workspace_id = ${workspace.id}`;
  await db.owner`update app.deliveries set state = 'dead', settled_at = now() where workspace_id = ${workspace.id}`;
  return workspace;
}

async function thing({ of }: ForeignCall, { id }: Workspace): Promise<string> {
  const query = of.startsWith("select") ? of : `select id from ${of} where workspace_id = $1`;
  const [row] = await db.owner.unsafe<{ id: string }[]>(`${query} limit 1`, [id]);
  if (row === undefined) throw new Error(`there is nothing in ${of}`);
  return row.id;
}

/** What `caller` hears when they name a thing of home in their own workspace, as a code or "nothing"; nothing of it stays. */
async function heard(name: string, call: ForeignCall, caller: Workspace): Promise<string> {
  const args = call.args.replaceAll("$ID", `'${await thing(call, home)}'`);
  const statement = `select * from ${name}('${caller.id}', ${args})`;
  let rows = 0;
  try {
    if (call.by === undefined) {
      await asPerson(db, caller.owner, async (sql) => {
        rows = (await sql.unsafe(statement)).length;
        throw new Undo();
      });
    } else {
      await db.service.begin(async (sql) => {
        if (call.by === "key") {
          const key = await newKey(db, caller);
          await sql`select app.act_as_key(${key.hash}, 'campaigns.track')`;
        }
        rows = (await sql.unsafe(statement)).length;
        throw new Undo();
      });
    }
  } catch (error) {
    if (!(error instanceof Undo)) return String(Object(error).code);
  }
  return rows === 0 ? "nothing" : "done";
}

/** All that can be read of a workspace as a whole. */
async function readings({ id, owner }: Workspace): Promise<Record<string, unknown>> {
  const key = await newKey(db, { id, owner, slug: "" });
  const said: Record<string, unknown> = {};
  for (const [name, args] of Object.entries(READINGS)) {
    const statement = `select to_jsonb(r) as said from ${name}('${id}'${args === "" ? "" : `, ${args}`}) r`;
    const scope = KEY_READINGS[name];
    if (scope !== undefined) {
      await db.service.begin(async (sql) => {
        await sql`select app.act_as_key(${key.hash}, ${scope})`;
        said[name] = [...(await sql.unsafe(statement))];
      });
    } else said[name] = await asPerson(db, owner, async (sql) => [...(await sql.unsafe(statement))]);
  }
  return said;
}

test("OWN-01 every function that takes a workspace and the id of something in it is tried here", async () => {
  const found = await db.owner<{ name: string }[]>`
    select distinct n.nspname || '.' || p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    cross join lateral unnest(p.proargnames, p.proargtypes::oid[]) as a (name, type)
    where n.nspname in ('launch', 'app') and 'p_workspace_id' = any (p.proargnames) and a.name <> 'p_workspace_id'
      and a.type in ('uuid'::regtype, 'bigint'::regtype, 'uuid[]'::regtype, 'bigint[]'::regtype) and a.name not like '%amount%'`;
  expect(found.map(({ name }) => name).toSorted()).toEqual(
    [...Object.keys(FOREIGN_CALLS), ...NO_THING].toSorted(),
  );
});

test.each(Object.entries(FOREIGN_CALLS))(
  "OWN-02 %s finds nothing of another workspace for whoever may all in their own",
  async (name, call) => {
    expect(await heard(name, call, elsewhere)).toBe(call.says ?? "GTNIL");
  },
);

test.each(Object.entries(FOREIGN_CALLS))("OWN-03 control: %s finds it at home", async (name, call) => {
  // Some say then that they can't do it now; none that it isn't there, nor that the call makes no sense.
  expect(["done", "GTTRN", "GTINV", "GTDUP"]).toContain(await heard(name, call, home));
});

test("OWN-04 what is read of a workspace as a whole is the same, whatever there is in another", async () => {
  const readers = await db.owner<{ name: string }[]>`
    select distinct n.nspname || '.' || p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('launch', 'app') and 'p_workspace_id' = any (p.proargnames) and p.provolatile <> 'v'`;
  expect(
    readers
      .map(({ name }) => name)
      .filter((name) => !(name in FOREIGN_CALLS))
      .toSorted(),
  ).toEqual([...Object.keys(READINGS), ...NO_READING].toSorted());
  await setClock(db, new Date(Date.now() + 60_000).toISOString());
  // The first reading leaves a key and its audit entry.
  await readings(elsewhere);
  const before = await readings(elsewhere);
  await furnished();
  const after = await readings(elsewhere);
  for (const name of Object.keys(READINGS)) {
    if (name !== "app.verify_audit") expect([name, after[name]]).toEqual([name, before[name]]);
    expect([name, before[name]]).not.toEqual([name, []]);
  }
});
