/** A question to the catalogue that nothing should answer, named as Supabase's advisors name it, and a fault that it must find. */
export interface Lint {
  name: string;
  /** Selects `name` of each fault. */
  find: string;
  /** Statements that make one fault, and how `find` names it. */
  plant: string;
  planted: string;
}

const OURS = "('public', 'app', 'launch', 'private')";
/** What the Data API and signed-in people could reach. */
const SHOWN = "('public', 'app', 'launch')";
const IS_SHOWN = `n.nspname in ${SHOWN}`;
const READABLE =
  "(has_any_column_privilege('anon', c.oid, 'select') or has_any_column_privilege('authenticated', c.oid, 'select'))";
const RELATION = "from pg_class c join pg_namespace n on n.oid = c.relnamespace";
const POLICY =
  "from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace";
const POLICY_TEXT =
  "concat_ws(' ', pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))";
const POLICY_NAME = "c.oid::regclass || '.' || p.polname";
/** Tables that every signed-in person may read whole: they are the same for everybody. */
const FOR_EVERYBODY =
  "('app.roles', 'app.permissions', 'app.role_permissions', 'app.flag_definitions', 'launch.iso_countries'" +
  ", 'launch.alert_kinds', 'launch.currencies', 'launch.event_types', 'launch.sequence_templates', 'launch.jobs', 'app.message_types')";

const ABOUT_TABLES: Lint[] = [
  {
    name: "rls_disabled_in_public",
    find: `select c.oid::regclass::text as name ${RELATION} where ${IS_SHOWN} and c.relkind in ('r', 'p') and not c.relrowsecurity`,
    plant: "create table public.planted (id int primary key)",
    planted: "planted",
  },
  {
    name: "rls_enabled_no_policy",
    // Without a policy nobody but a function's owner reads a table, so nobody else may seem to: a grant there is a mistake.
    find: `select c.oid::regclass::text as name ${RELATION} where ${IS_SHOWN} and c.relkind in ('r', 'p') and c.relrowsecurity and ${READABLE}
      and not exists (select from pg_policy p where p.polrelid = c.oid)`,
    plant:
      "create table app.planted (id int primary key); alter table app.planted enable row level security; grant select on app.planted to authenticated",
    planted: "app.planted",
  },
  {
    name: "policy_exists_rls_disabled",
    find: `select ${POLICY_NAME} as name ${POLICY} where n.nspname in ${OURS} and not c.relrowsecurity`,
    plant: "alter table app.flags disable row level security",
    planted: "app.flags.flags_select_member",
  },
  {
    name: "sensitive_columns_exposed",
    // The hashes of the audit chain are there to be read, also the last one that a report holds.
    find: `select c.oid::regclass || '.' || a.attname as name ${RELATION} join pg_attribute a on a.attrelid = c.oid
      where ${IS_SHOWN} and c.relkind in ('r', 'p', 'v', 'm') and a.attnum > 0 and not a.attisdropped
        and a.attname ~ '(^|_)(passwords?|passwd|secrets?|tokens?|hash|credentials?|private_key|api_key|ssn|iban|card_number|cvv)(_(?!id$)|$)'
        and (has_column_privilege('anon', c.oid, a.attnum, 'select') or has_column_privilege('authenticated', c.oid, a.attnum, 'select'))
        and c.relname not like 'audit\\_%' and a.attname <> 'audit_hash'`,
    plant: "grant select on app.api_keys to authenticated",
    planted: "app.api_keys.hash",
  },
  {
    name: "no_primary_key",
    // Of these keys each partition has a unique index: over all of them it would have to hold the time.
    find: `select c.oid::regclass::text as name ${RELATION} where n.nspname in ${OURS} and c.relkind in ('r', 'p') and not c.relispartition
      and not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary) and c.oid::regclass::text not in ('launch.idempotency_keys', 'launch.event_keys')`,
    plant: "create table private.planted (id int)",
    planted: "private.planted",
  },
  {
    name: "unindexed_foreign_keys",
    find: `select k.conrelid::regclass || '.' || k.conname as name from pg_constraint k join pg_namespace n on n.oid = k.connamespace
      where k.contype = 'f' and n.nspname in ${OURS} and not exists (select from pg_index i where i.indrelid = k.conrelid
        and i.indpred is null and k.conkey <@ (i.indkey::int2[])[0:cardinality(k.conkey) - 1])`,
    plant: "create table private.planted (id int primary key, role text references app.roles (name))",
    planted: "private.planted.planted_role_fkey",
  },
  {
    name: "duplicate_index",
    find: `select a.indexrelid::regclass || ' ' || b.indexrelid::regclass as name from pg_index a
      join pg_index b on b.indrelid = a.indrelid and b.indexrelid > a.indexrelid and b.indkey = a.indkey and b.indclass = a.indclass
        and b.indoption = a.indoption and b.indcollation = a.indcollation
        and pg_get_expr(b.indexprs, b.indrelid) is not distinct from pg_get_expr(a.indexprs, a.indrelid)
        and pg_get_expr(b.indpred, b.indrelid) is not distinct from pg_get_expr(a.indpred, a.indrelid)
      join pg_class c on c.oid = a.indrelid join pg_namespace n on n.oid = c.relnamespace where n.nspname in ${OURS}`,
    plant: "create index planted on app.members (user_id)",
    planted: "app.members_user_id_idx app.planted",
  },
  {
    name: "fkey_to_auth_unique",
    // A primary key of the auth server stays; its other unique indexes may change with its version.
    find: `select k.conrelid::regclass || '.' || k.conname as name from pg_constraint k join pg_index i on i.indexrelid = k.conindid
      join pg_class c on c.oid = k.confrelid join pg_namespace n on n.oid = c.relnamespace
      where k.contype = 'f' and n.nspname = 'auth' and not i.indisprimary and k.connamespace::regnamespace::text <> 'auth'`,
    plant: `alter table auth.users add constraint planted_unique unique (email);
      create table private.planted (email text primary key references auth.users (email))`,
    planted: "private.planted.planted_email_fkey",
  },
  {
    name: "unsupported_reg_types",
    // pg_upgrade refuses a database that stores these.
    find: `select c.oid::regclass || '.' || a.attname as name ${RELATION} join pg_attribute a on a.attrelid = c.oid
      where n.nspname in ${OURS} and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
        and a.atttypid::regtype::text in ('regcollation', 'regconfig', 'regdictionary', 'regnamespace', 'regoper', 'regoperator', 'regproc', 'regprocedure')`,
    plant: "create table private.planted (id int primary key, called regprocedure)",
    planted: "private.planted.called",
  },
  {
    name: "foreign_table_in_api",
    find: `select c.oid::regclass::text as name ${RELATION} where ${IS_SHOWN} and c.relkind = 'f' and ${READABLE}`,
    plant: `create foreign data wrapper planted; create server planted foreign data wrapper planted;
      create foreign table app.planted (id int) server planted; grant select on app.planted to authenticated`,
    planted: "app.planted",
  },
];

const ABOUT_VIEWS: Lint[] = [
  {
    name: "auth_users_exposed",
    find: `select distinct c.oid::regclass::text as name ${RELATION} join pg_rewrite r on r.ev_class = c.oid
      join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid and d.refclassid = 'pg_class'::regclass
      where ${IS_SHOWN} and c.relkind in ('v', 'm') and d.refobjid = 'auth.users'::regclass and ${READABLE}`,
    plant:
      "create view app.planted with (security_invoker) as select id from auth.users; grant select on app.planted to authenticated",
    planted: "app.planted",
  },
  {
    name: "security_definer_view",
    find: `select c.oid::regclass::text as name ${RELATION} where n.nspname in ${OURS} and c.relkind = 'v'
      and not coalesce((select o.option_value::boolean from pg_options_to_table(c.reloptions) o where o.option_name = 'security_invoker'), false)`,
    plant: "create view launch.planted as select * from launch.counters",
    planted: "launch.planted",
  },
  {
    name: "materialized_view_in_api",
    find: `select c.oid::regclass::text as name ${RELATION} where ${IS_SHOWN} and c.relkind = 'm' and ${READABLE}`,
    plant:
      "create materialized view launch.planted as select * from launch.counters; grant select on launch.planted to authenticated",
    planted: "launch.planted",
  },
];

const ABOUT_POLICIES: Lint[] = [
  {
    name: "rls_references_user_metadata",
    // People write their own user_metadata.
    find: `select ${POLICY_NAME} as name ${POLICY} where n.nspname in ${OURS} and ${POLICY_TEXT} ~ 'user_meta_?data'`,
    plant: `create policy planted on app.flags for select to authenticated
      using ((select auth.jwt()) -> 'user_metadata' ->> 'admin' = 'yes')`,
    planted: "app.flags.planted",
  },
  {
    name: "auth_rls_initplan",
    // What stays of the policy when each (select …) of a function has been taken out.
    find: `select ${POLICY_NAME} as name ${POLICY} where n.nspname in ${OURS} and regexp_replace(${POLICY_TEXT},
      '(SELECT|FROM) (auth\\.\\w+\\(\\)|private\\.\\w+\\([^()]*\\)|current_setting\\([^()]*\\))', '', 'g') ~ '(auth|private)\\.\\w+\\(|current_setting\\('`,
    plant: "create policy planted on app.flags for select to authenticated using (workspace_id = auth.uid())",
    planted: "app.flags.planted",
  },
  {
    name: "multiple_permissive_policies",
    find: `select c.oid::regclass || ' ' || r.role::regrole as name ${POLICY}, unnest(p.polroles) as r (role)
      where n.nspname in ${OURS} and p.polpermissive group by c.oid, r.role having count(*) filter (where p.polcmd in ('r', '*')) > 1
        or count(*) filter (where p.polcmd in ('a', '*')) > 1 or count(*) filter (where p.polcmd in ('w', '*')) > 1
        or count(*) filter (where p.polcmd in ('d', '*')) > 1`,
    plant: "create policy planted on app.flags for select to authenticated using (false)",
    planted: "app.flags authenticated",
  },
  {
    name: "rls_policy_always_true",
    find: `select ${POLICY_NAME} as name ${POLICY} where n.nspname in ${OURS}
      and 'true' in (pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
      and not (p.polcmd = 'r' and c.oid::regclass::text in ${FOR_EVERYBODY})`,
    plant: "alter policy flags_select_member on app.flags using (true)",
    planted: "app.flags.flags_select_member",
  },
];

/** Functions of the definer that signed-in people may execute without being asked who they are: they only reckon with what they are given. */
const ASKING_NOBODY = "('launch.day_after')";

const ABOUT_FUNCTIONS: Lint[] = [
  {
    name: "function_search_path_mutable",
    find: `select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname in ${OURS} and not exists (select from unnest(p.proconfig) s where s like 'search_path=%')`,
    plant: "create function private.planted() returns int language sql as 'select 1'",
    planted: "private.planted()",
  },
  {
    name: "anon_security_definer_function_executable",
    find: `select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname in ${OURS} and p.prosecdef and has_function_privilege('anon', p.oid, 'execute')`,
    plant: `create function launch.planted() returns int language sql security definer set search_path = '' as 'select 1';
      grant execute on function launch.planted() to anon`,
    planted: "launch.planted()",
  },
  {
    name: "authenticated_security_definer_function_executable",
    // Which functions these are is the list of CAT-05; here each has to ask who is calling.
    find: `select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname in ${OURS} and p.prosecdef and has_function_privilege('authenticated', p.oid, 'execute')
        and p.prosrc !~ 'private\\.(require_|lock_(alert|campaign|channel|report_schedule|sequence)\\()|auth\\.uid\\(\\)|private\\.workspaces_with\\(' and p.pronamespace::regnamespace || '.' || p.proname not in ${ASKING_NOBODY}`,
    plant: `create function launch.planted() returns int language sql security definer set search_path = '' as 'select 1';
      grant execute on function launch.planted() to authenticated`,
    planted: "launch.planted()",
  },
];

const ABOUT_EXTENSIONS: Lint[] = [
  {
    name: "extension_in_public",
    find: `select e.extname::text as name from pg_extension e join pg_namespace n on n.oid = e.extnamespace where n.nspname in ${OURS}`,
    plant: "create extension hstore schema public",
    planted: "hstore",
  },
  {
    name: "extension_versions_outdated",
    find: `select e.extname::text as name from pg_extension e join pg_available_extensions a on a.name = e.extname
      where e.extversion <> a.default_version`,
    plant: "create extension hstore schema extensions version '1.4'",
    planted: "hstore",
  },
];

/**
 * Left out, because what they ask about isn't here: insecure_queue_exposed_in_api, public_bucket_allows_listing and the two of pg_graphql.
 * unused_index and table_bloat ask a database with a history.
 */
export const LINTS: Lint[] = [
  ...ABOUT_TABLES,
  ...ABOUT_VIEWS,
  ...ABOUT_POLICIES,
  ...ABOUT_FUNCTIONS,
  ...ABOUT_EXTENSIONS,
];
