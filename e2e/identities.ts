import { randomUUID } from "node:crypto";
import postgres, { type Sql } from "postgres";
import { drawKey } from "#lib/workspace/key-format.ts";
import { ROLES } from "#lib/workspace/vocabulary.ts";
import { type Account, newAccount, sessionOf } from "./accounts.ts";
import { at } from "./at.ts";

/** Who asks. Without a cookie, nobody is signed in. */
export interface Identity {
  name: string;
  cookie?: string;
  /** What their role lets them do in the workspace; null when they aren't members. */
  permissions: ReadonlySet<string> | null;
}

/** A workspace of its own, and a signed-in person of each kind. */
export interface Stage {
  sql: Sql;
  id: string;
  slug: string;
  /** How the address of everybody on the stage ends. */
  host: string;
  /** A member whom nobody needs. */
  spareId: string;
  /** Nobody, the owner of another workspace, and a member of each role, the least of them first. */
  identities: Identity[];
  close(): Promise<void>;
}

async function cookieOf(account: Account): Promise<string> {
  return (await sessionOf(account)).map(({ name, value }) => `${name}=${value}`).join("; ");
}

async function newWorkspace(sql: Sql, owner: Account, slug: string): Promise<string> {
  const claims = JSON.stringify({ sub: owner.id, email: owner.email, role: "authenticated" });
  return sql.begin(async (tx) => {
    await tx`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', ${claims}, true)`;
    const [made] = await tx<
      { id: string }[]
    >`select id from app.create_workspace('Tried', ${slug}, 'production')`;
    const id = made?.id ?? "";
    const { prefix, hash } = drawKey();
    await tx`select launch.list_countries(${id}, '{PL,CZ}')`;
    await tx`select launch.activate_country(${id}, 'PL', 'soft')`;
    await tx`select app.create_api_key(${id}, 'Tried', ${prefix}, ${hash}, '{caps.check}')`;
    await tx`select app.invite_member(${id}, ${randomUUID()}, 'asked@gantry.local', 'viewer', sha256(gen_random_uuid()::text::bytea))`;
    return id;
  });
}

/** Sets the stage. Call `close` afterwards. */
export async function setStage(): Promise<Stage> {
  const sql = postgres(at.E2E_DATABASE, { max: 2, onnotice: () => undefined });
  const run = Date.now().toString(36);
  const host = `-${run}@gantry.local`;
  const account = (name: string) => newAccount(sql, name + host);
  const slug = `tried-${run}`;
  const owner = await account("owner");
  const id = await newWorkspace(sql, owner, slug);
  const stranger = await account("stranger");
  await newWorkspace(sql, stranger, `other-${run}`);
  const held = await sql<
    { role: string; permission: string }[]
  >`select role, permission from app.role_permissions`;
  const spare = await account("spare");
  await sql`insert into app.members (workspace_id, user_id, role) values (${id}, ${spare.id}, 'marketing')`;
  const identities: Identity[] = [
    { name: "nobody", permissions: null },
    { name: "a stranger", permissions: null, cookie: await cookieOf(stranger) },
  ];
  for (const role of ROLES.toReversed()) {
    const person = role === "owner" ? owner : await account(role);
    if (role !== "owner") {
      await sql`insert into app.members (workspace_id, user_id, role) values (${id}, ${person.id}, ${role})`;
    }
    const permissions = new Set(held.filter((one) => one.role === role).map(({ permission }) => permission));
    identities.push({ name: role, permissions, cookie: await cookieOf(person) });
  }
  return { sql, id, slug, host, spareId: spare.id, identities, close: () => sql.end({ timeout: 5 }) };
}

/** What the engine moves by itself. A person who moves it leaves an entry in the audit trail. */
const ENGINE = [
  "app.audit_entries",
  "app.audit_heads",
  "app.channels",
  "app.deliveries",
  "app.delivery_attempts",
  "app.messages",
  "app.outbox",
  "launch.alerts",
  "launch.alert_changes",
  "launch.adaptive_limits",
  "launch.dry_runs",
  "launch.forecast_outcomes",
  "launch.forecasts",
  "launch.gate_results",
  "launch.limit_states",
  "launch.load_evaluations",
  "launch.load_levels",
  "launch.measurement_sources",
  "launch.region_days",
  "launch.region_kpis",
  "launch.report_letters",
  "launch.risk_scores",
  "launch.threat_patterns",
  "launch.throttles",
];

/** All that people keep of a workspace in any table, what they did, who they are and where they are members, as one text. Compare before and after. */
export async function everythingOf({ sql, id, host }: Stage): Promise<string> {
  const tables = await sql<{ name: string }[]>`
    select c.oid::regclass::text as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id'
    where c.relnamespace::regnamespace::text in ('app', 'launch') and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname not like 'job%' and c.oid::regclass::text <> all (${ENGINE}) order by 1`;
  const texts: string[] = [];
  for (const { name } of tables) {
    const [row] = await sql.unsafe<{ text: string | null }[]>(
      `select string_agg(t::text, ';' order by t::text) as text from ${name} t where workspace_id = $1`,
      [id],
    );
    texts.push(`${name}: ${row?.text ?? ""}`);
  }
  const [rest] = await sql<{ text: string }[]>`
    select concat_ws(' ', (select w::text from app.workspaces w where w.id = ${id}), (select string_agg(m::text, ';' order by m.workspace_id, m.user_id)
        from app.members m join app.profiles p on p.id = m.user_id where p.email like '%' || ${host}),
      (select string_agg(p::text, ';' order by p.id) from app.profiles p where p.email like '%' || ${host}),
      (select string_agg(e.action, ';' order by e.sequence) from app.audit_entries e
        where e.workspace_id = ${id} and e.actor_kind <> 'engine')) as text`;
  return [...texts, rest?.text].join("\n");
}
