import type { TransactionSql } from "postgres";
import { afterAll, describe, expect, test } from "vitest";
import { type Permission, ROLES, type Role } from "#lib/workspace/vocabulary.ts";
import { testDatabase } from "#tests/setup/database.ts";
import {
  asPerson,
  check,
  join,
  newKey,
  newWorkspace,
  openCountry,
  type Person,
  type Workspace,
} from "#tests/setup/people.ts";
import { DOMAIN_RULES, furnishDomains } from "./furnish.ts";
import { furnishThreats } from "./furnish-threats.ts";
import { type Relation, readRelations, scope } from "./relations.ts";

/**
 * Who reads which rows. `all`: every row of the workspace with this permission. `own`: otherwise the rows whose column names the
 * reader, with that permission. "everybody": every row, signed in. "nobody": not even the owner. `byKind`: the rows of the alerts whose
 * kind's permission the reader holds, next to alerts.read; the column names the alert.
 */
type Rule =
  | { all?: Permission; own?: [column: string, permission: Permission]; byKind?: string }
  | "everybody"
  | "nobody";

const RULES: Record<string, Rule> = {
  ...DOMAIN_RULES,
  "app.api_keys": { all: "keys.manage" },
  "app.audit_entries": { all: "audit.read", own: ["actor_id", "audit.read_own"] },
  "app.audit_heads": { all: "audit.read" },
  "app.flag_definitions": "everybody",
  "app.flags": { all: "flags.read" },
  "app.invitations": { all: "members.manage" },
  "app.members": { all: "members.manage", own: ["user_id", "workspace.read"] },
  "app.outbox": { all: "workspace.manage" },
  "app.permissions": "everybody",
  "app.profiles": { all: "members.manage", own: ["id", "workspace.read"] },
  "app.role_permissions": "everybody",
  "app.roles": "everybody",
  "app.workspaces": { all: "workspace.read" },
  "launch.alert_changes": { byKind: "alert_id" },
  "launch.alert_kinds": "everybody",
  "launch.alerts": { byKind: "id" },
  "launch.capacity": { all: "countries.read" },
  "launch.caps": { all: "countries.read" },
  "launch.counter_days": { all: "countries.read" },
  "launch.counters": { all: "countries.read" },
  "launch.countries": { all: "countries.read" },
  "launch.event_keys": "nobody",
  "launch.event_types": "everybody",
  "launch.events": { all: "threats.read" },
  "launch.idempotency_keys": "nobody",
  "launch.iso_countries": "everybody",
  "launch.job_results": { all: "jobs.read" },
  "launch.job_runs": { all: "jobs.read" },
  "launch.jobs": "everybody",
  "launch.kept_slots": { all: "countries.read" },
  "launch.measurements": { all: "load.read" },
  "launch.policy_versions": { all: "countries.read" },
  "launch.receipts": { all: "receipts.read" },
  "launch.receipts_granted": "nobody",
  "launch.receipts_refused": "nobody",
  "launch.reservations": { all: "receipts.read" },
  "launch.subject_countries": { all: "threats.read" },
  "launch.throttle_policies": { all: "throttle.read" },
  "launch.throttles": { all: "throttle.read" },
  "launch.unknown_events": { all: "threats.read" },
  "launch.event_intake": { all: "load.read" },
  "launch.usage_slots": { all: "countries.read" },
};

const DENIED = "42501";
const db = await testDatabase();
afterAll(() => db.close());

/** A workspace with rows in every table, and a member of each role who has done something in it where they may. */
async function furnish(): Promise<{ workspace: Workspace; members: Record<Role, Person> }> {
  const workspace = await newWorkspace(db);
  const members = { owner: workspace.owner } as Record<Role, Person>;
  for (const role of ROLES) if (role !== "owner") members[role] = await join(db, workspace, role);
  const key = await newKey(db, workspace);
  await openCountry(db, workspace, "PL", { user: 1 });
  await check(db, key, { hold_seconds: 60 });
  await check(db, key);
  await asPerson(db, workspace.owner, async (sql) => {
    await sql`select launch.override_throttle(${workspace.id}, 1, now() + interval '1 hour', 'drill')`;
    await sql`select app.invite_member(${workspace.id}, gen_random_uuid(), 'invited@gantry.local', 'viewer', sha256(gen_random_uuid()::text::bytea))`;
  });
  await asPerson(
    db,
    members.safety,
    (sql) => sql`select launch.pause_country(${workspace.id}, 'PL', 'drill')`,
  );
  await furnishThreats(db, workspace, members.safety);
  await db.owner`insert into launch.throttle_policies values (${workspace.id}, 'user', 2)`;
  await db.owner`
    insert into launch.counter_days (workspace_id, country, operation, day_on, day_starts_at, day_ends_at, used, held, corrected, amount_used)
    select workspace_id, country, operation, day_on - 1, day_starts_at - interval '1 day', day_starts_at, 0, 0, 0, 0
    from launch.counters where workspace_id = ${workspace.id}`;
  await db.owner`insert into launch.kept_slots (counter_id, slot_at, workspace_id, country, operation, day_on)
    select id, now(), workspace_id, country, operation, day_on from launch.counters where workspace_id = ${workspace.id}`;
  await db.owner`
    select private.raise_alert(${workspace.id}, k.kind, k.kind || ':drill', 'warning', 'A drill') from launch.alert_kinds k`;
  await db.owner`insert into launch.events (workspace_id, occurred_at, received_at, type, source, event_id)
    values (${workspace.id}, now(), now(), 'app.installed', 'drill', '1')`;
  await db.owner`insert into launch.event_keys values (${workspace.id}, '\\x00', now())`;
  await db.owner`insert into launch.unknown_events values (${workspace.id}, date_trunc('day', now(), 'UTC'), 'drill.held', 1, 'drill', now())`;
  await db.owner`insert into launch.event_intake values (${workspace.id}, now(), 'app.installed', 1, 0, 0, 0, 0, now())`;
  await db.owner`insert into launch.subject_countries values (${workspace.id}, 'drill', 'PL', now())`;
  await db.owner`insert into launch.measurements values (${workspace.id}, 'drill', now(), now(), 1)`;
  await db.owner`insert into launch.job_runs (job, due_at, workspace_id) values ('outbox', clock_timestamp(), ${workspace.id})`;
  await furnishDomains(db, workspace);
  await db.owner`insert into launch.job_results values ('outbox', now(), ${workspace.id}, 'done', 1)`;
  return { workspace, members };
}

const home = await furnish();
const elsewhere = await furnish();

const granted = new Set(
  (await db.owner`select role, permission from app.role_permissions`).map(
    ({ role, permission }) => `${role} ${permission}`,
  ),
);

const relations = await readRelations(db);
const tables = relations.filter((relation) => !relation.partition);
const partitions = relations.filter((relation) => relation.partition);

type Identity = { name: string; role?: Role; person?: Person; database?: "anon" };
const IDENTITIES: Identity[] = [
  { name: "anonymous", database: "anon" },
  ...ROLES.map((role) => ({ name: role, role, person: home.members[role] })),
  { name: "owner of another workspace", person: elsewhere.workspace.owner },
  { name: "gantry_service" },
];

/** How many rows of a workspace's there are, as nobody's policy hides: the positive control of every count below. */
async function count(
  relation: Relation,
  workspace: Workspace,
  own?: { column: string; person: Person },
): Promise<number> {
  const rule = RULES[relation.name];
  const whose = rule === "everybody" ? "$1::uuid[] is not null" : scope(relation);
  const mine = own === undefined ? "" : ` and ${own.column} = '${own.person.id}'`;
  const [row] = await db.owner.unsafe(
    `select count(*)::int as n from ${relation.name} where ${whose}${mine}`,
    [[workspace.id]],
  );
  return row?.n;
}

/** How many rows belong to alerts of a kind whose permission the role holds. */
async function countByKind(relation: Relation, column: string, role: Role): Promise<number> {
  const kinds = await db.owner<
    { kind: string; permission: string }[]
  >`select kind, permission from launch.alert_kinds`;
  const visible = kinds
    .filter(({ permission }) => granted.has(`${role} ${permission}`))
    .map(({ kind }) => kind);
  if (!granted.has(`${role} alerts.read`)) return 0;
  const [row] = await db.owner.unsafe(
    `select count(*)::int as n from ${relation.name} where ${scope(relation)} and ${column} in
      (select a.id from launch.alerts a where a.kind = any ($2::text[]))`,
    [[home.workspace.id], visible],
  );
  return row?.n;
}

/** What the written rules say that somebody reads: a number of rows, or that they are denied. */
async function expected(relation: Relation, { role, person }: Identity): Promise<number | typeof DENIED> {
  const rule = RULES[relation.name];
  if (rule === undefined) throw new Error(`${relation.name} has no rule: say in RULES who reads it`);
  if (person === undefined || rule === "nobody") return DENIED;
  if (rule === "everybody") return count(relation, home.workspace);
  if (role === undefined) return 0;
  if (rule.byKind !== undefined) return countByKind(relation, rule.byKind, role);
  if (rule.all !== undefined && granted.has(`${role} ${rule.all}`)) return count(relation, home.workspace);
  const [column, permission] = rule.own ?? [];
  if (column === undefined || !granted.has(`${role} ${permission}`)) return 0;
  return count(relation, home.workspace, { column, person });
}

async function as<T>({ person, database }: Identity, work: (sql: TransactionSql) => Promise<T>): Promise<T> {
  if (person !== undefined) return asPerson(db, person, work);
  let result: { value: T } | undefined;
  const pool = database === "anon" ? db.owner : db.service;
  await pool.begin(async (sql) => {
    if (database === "anon") await sql`set local role anon`;
    result = { value: await work(sql) };
  });
  if (result === undefined) throw new Error("the transaction ended without a result");
  return result.value;
}

/** The number of rows a statement gave or touched, or the SQLSTATE it failed with. */
async function outcome(
  sql: TransactionSql,
  statement: string,
  parameters: string[][] = [],
): Promise<number | string> {
  try {
    const rows = await sql.savepoint((inner) => inner.unsafe(statement, parameters));
    return rows[0]?.n ?? rows.count;
  } catch (error) {
    return String(Reflect.get(Object(error), "code"));
  }
}

function writes({ name, target }: Relation): string[] {
  return [
    `insert into ${name} (${target}) select ${target} from ${name}`,
    `update ${name} set ${target} = ${target}`,
    `delete from ${name}`,
  ];
}

/** A view that joins can't be written by anybody, and says so before privileges are looked at. */
const UNWRITABLE = "55000";

const select = (relation: Relation) =>
  `select count(*)::int as n from (select ${relation.columns.join(", ")} from ${relation.name}
    where ${RULES[relation.name] === "everybody" ? "$1::uuid[] is not null" : scope(relation)}) readable`;

test("RLS-01 every table and view has a written rule, and no rule is left over", () => {
  expect(tables.map((relation) => relation.name)).toEqual(Object.keys(RULES).toSorted());
});

describe.each(tables)("$name", (relation) => {
  test("RLS-02 holds rows of both workspaces, so that a denial below means something", async () => {
    for (const { workspace } of [home, elsewhere]) {
      if (RULES[relation.name] !== "everybody") expect(await count(relation, workspace)).toBeGreaterThan(0);
    }
  });

  test.each(IDENTITIES)("RLS-03 $name reads exactly what the rule says", async (identity) => {
    const wanted = await expected(relation, identity);
    expect(await as(identity, (sql) => outcome(sql, select(relation), [[home.workspace.id]]))).toBe(wanted);
  });

  test.each(IDENTITIES)("RLS-04 $name cannot insert, update or delete", async (identity) => {
    const outcomes = await as(identity, async (sql) => {
      const codes: (string | number)[] = [];
      for (const statement of writes(relation)) codes.push(await outcome(sql, statement));
      return codes;
    });
    for (const code of outcomes)
      expect(code).toBeOneOf(relation.kind === "v" ? [DENIED, UNWRITABLE] : [DENIED]);
  });

  test("RLS-05 the owner of another workspace reads their own rows with the same statement", async () => {
    const { owner, id } = elsewhere.workspace;
    const read = await asPerson(db, owner, (sql) => outcome(sql, select(relation), [[id]]));
    if (RULES[relation.name] === "nobody") return void expect(read).toBe(DENIED);
    expect(read).toBe(await count(relation, elsewhere.workspace));
    expect(read).toBeGreaterThan(0);
  });
});

test.each(IDENTITIES)(
  "RLS-06 $name can neither read nor write a partition past its parent",
  async (identity) => {
    expect(partitions.length).toBeGreaterThan(50);
    const open = await as(identity, async (sql) => {
      const found: string[] = [];
      for (const relation of partitions) {
        for (const statement of [`select count(*)::int as n from ${relation.name}`, ...writes(relation)]) {
          if ((await outcome(sql, statement)) !== DENIED) found.push(statement);
        }
      }
      return found;
    });
    expect(open).toEqual([]);
  },
);

test.each(IDENTITIES)(
  "RLS-07 $name can neither read private tables nor the platform's secrets",
  async (identity) => {
    const outcomes = await as(identity, async (sql) => {
      const codes: (string | number)[] = [];
      for (const table of [
        "private.partition_plans",
        "auth.users",
        "vault.secrets",
        "vault.decrypted_secrets",
        "net.http_request_queue",
      ]) {
        codes.push(await outcome(sql, `select count(*)::int as n from ${table}`));
      }
      return codes;
    });
    expect(outcomes).toEqual([DENIED, DENIED, DENIED, DENIED, DENIED]);
  },
);
