import type { TestDatabase } from "#tests/setup/database.ts";

/** A table or view that rules are written for. */
export interface Relation {
  name: string;
  kind: string;
  partition: boolean;
  columns: string[];
  /** The first column that a statement may name as a target. */
  target: string;
}

/** Every table, partition and view of app and launch, by name. */
export async function readRelations(db: TestDatabase): Promise<Relation[]> {
  return await db.owner<Relation[]>`
    select c.oid::regclass::text as name, c.relkind::text as kind, c.relispartition and c.relname ~ '_\\d{8}$' as partition,
      array(select quote_ident(a.attname) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        and (has_column_privilege('authenticated', c.oid, a.attnum, 'select')
          or not has_any_column_privilege('authenticated', c.oid, 'select')) order by a.attnum) as columns,
      (select quote_ident(a.attname) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        and a.attidentity = '' order by a.attnum limit 1) as target
    from pg_class c where c.relnamespace::regnamespace::text in ('app', 'launch') and c.relkind in ('r', 'p', 'v') order by 1`;
}

/** Which column of a relation says whose it is. */
export function scope({ name }: Relation): string {
  if (name === "app.workspaces") return "id = any ($1::uuid[])";
  if (name === "app.profiles")
    return "id in (select m.user_id from app.members m where m.workspace_id = any ($1::uuid[]))";
  return "workspace_id = any ($1::uuid[])";
}
