import type { Sql } from "#lib/db/connect.ts";

/** Our schemas; what is in others belongs to the platform. Partitions whose name ends in a date are left out. */
const OURS = "('app', 'launch', 'private')";
const RELATION = `
  pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ${OURS} and c.relname !~ '_\\d{8}(_|$)'`;

/** Each part yields one text column `line`; equal catalogues yield equal lines. */
const PARTS: Record<string, string> = {
  schemas: `
    select format('schema %I', n.nspname) as line from pg_namespace n where n.nspname in ${OURS}
    union all
    select format('grant %s on schema %I to %s', lower(g.privilege_type), n.nspname, grantee.name)
    from pg_namespace n, aclexplode(n.nspacl) g, lateral (select coalesce(nullif(g.grantee::regrole::text, '-'), 'public') as name) grantee
    where n.nspname in ${OURS} and g.grantee <> n.nspowner`,
  "tables and views": `
    select format('%s %I.%I', case c.relkind when 'v' then 'view' when 'p' then 'partitioned table' else 'table' end, n.nspname, c.relname)
      || case when c.relkind = 'p' then ' partition by ' || lower(pg_get_partkeydef(c.oid)) else '' end
      || case when c.relispartition then ' partition ' || lower(pg_get_expr(c.relpartbound, c.oid)) else '' end
      || coalesce(' with (' || array_to_string(c.reloptions, ', ') || ')', '')
      || case when c.relrowsecurity then ' row security' else '' end
      || case when c.relkind = 'v' then ' as md5 ' || md5(pg_get_viewdef(c.oid)) else '' end as line
    from ${RELATION} and c.relkind in ('r', 'p', 'v')`,
  columns: `
    select format('%I.%I.%I %s', n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod))
      || case when a.attnotnull then ' not null' else '' end
      || case a.attidentity when 'a' then ' generated always as identity' else '' end
      || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') as line
    from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum, ${RELATION}
      and c.relkind in ('r', 'p', 'v', 'c') and not c.relispartition and a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped`,
  constraints: `
    select format('%I.%I %I %s', n.nspname, c.relname, k.conname, pg_get_constraintdef(k.oid)) as line
    from pg_constraint k, ${RELATION} and k.conrelid = c.oid and not c.relispartition and k.contype <> 'n'`,
  indexes: `
    select pg_get_indexdef(i.indexrelid) as line from pg_index i, ${RELATION} and i.indrelid = c.oid and not c.relispartition`,
  policies: `
    select format('%I on %s for %s to %s using (%s) check (%s)', p.polname, c.oid::regclass,
      case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
      array_to_string(p.polroles::regrole[], ', '), regexp_replace(pg_get_expr(p.polqual, p.polrelid), '\\s+', ' ', 'g'),
      pg_get_expr(p.polwithcheck, p.polrelid)) as line
    from pg_policy p, ${RELATION} and p.polrelid = c.oid`,
  triggers: `
    select pg_get_triggerdef(t.oid) as line from pg_trigger t join pg_proc p on p.oid = t.tgfoid
    join pg_namespace n on n.oid = p.pronamespace where n.nspname in ${OURS} and not t.tgisinternal`,
  functions: `
    select format('%s(%s) returns %s %s %s%s %s md5 %s', p.oid::regproc, pg_get_function_arguments(p.oid), pg_get_function_result(p.oid),
      l.lanname, case p.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end,
      case when p.prosecdef then ' security definer' else '' end, 'set ' || array_to_string(p.proconfig, ', '), md5(p.prosrc)) as line
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang where n.nspname in ${OURS}`,
  "grants on tables": `
  select format('%s on %s to %s', lower(g.privilege_type), c.oid::regclass, coalesce(nullif(g.grantee::regrole::text, '-'), 'public')) as line
  from (select c.oid, c.relacl, c.relowner from ${RELATION}) c, aclexplode(c.relacl) g where g.grantee <> c.relowner`,
  "grants on columns": `
  select format('%s (%I) on %s to %s', lower(g.privilege_type), a.attname, c.oid::regclass, coalesce(nullif(g.grantee::regrole::text, '-'), 'public')) as line
  from (select c.oid, c.relowner from ${RELATION}) c join pg_attribute a on a.attrelid = c.oid, aclexplode(a.attacl) g where g.grantee <> c.relowner`,
  "grants on functions": `
    select format('execute on %s to %s', p.oid::regprocedure, coalesce(nullif(g.grantee::regrole::text, '-'), 'public')) as line
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g
    where n.nspname in ${OURS} and g.grantee <> p.proowner`,
  jobs: "select format('%s: %s: %s', jobname, schedule, regexp_replace(command, '\\s+', ' ', 'g')) as line from cron.job",
};

/** What the migrations made, as sorted text: one line an object, function bodies as their MD5. */
export async function dumpSchema(sql: Sql): Promise<string> {
  const parts: string[] = [];
  for (const [title, query] of Object.entries(PARTS)) {
    const rows = await sql.unsafe<{ line: string }[]>(query);
    const lines = rows.map(({ line }) => line).toSorted();
    parts.push(`-- ${title}\n${lines.map((line) => `${line}\n`).join("")}`);
  }
  return parts.join("\n");
}
