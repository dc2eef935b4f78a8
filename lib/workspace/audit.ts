import { and, asc, desc, eq, gt, gte, ilike, lt, lte, type SQL, sql } from "drizzle-orm";
import { auditEntries } from "#lib/db/app-schema.ts";
import type { Tx } from "#lib/db/service.ts";

export const SEVERITIES = ["info", "notice", "high", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface AuditEntry {
  sequence: number;
  /** RFC 3339, UTC with microseconds: exactly what is hashed. */
  at: string;
  actor_kind: "person" | "api_key" | "engine";
  actor_id: string | null;
  actor_label: string;
  action: string;
  resource_type: string;
  resource_id: string;
  severity: Severity;
  reason: string | null;
  details: Record<string, unknown>;
  /** Hexadecimal; empty for the first entry. */
  previous_hash: string;
  /** Hexadecimal SHA-256 of the previous hash and the text. */
  hash: string;
}

/** An entry with the text its hash is taken over. */
export interface SealedEntry extends AuditEntry {
  text: string;
}

/** Which entries; whatever is left out takes all. */
export interface AuditFilter {
  action?: string | undefined;
  /** A resource's type, or type and id joined by a colon: `country:PL`. */
  resource?: string | undefined;
  /** Part of an actor's label. */
  actor?: string | undefined;
  severity?: Severity | undefined;
  /** UTC days, both included. */
  from?: string | undefined;
  to?: string | undefined;
}

export interface AuditPage {
  entries: AuditEntry[];
  hasOlder: boolean;
  hasNewer: boolean;
}

const COLUMNS = {
  sequence: auditEntries.sequence,
  at: sql<string>`to_char(${auditEntries.at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
  actor_kind: sql<AuditEntry["actor_kind"]>`${auditEntries.actor_kind}`,
  actor_id: auditEntries.actor_id,
  actor_label: auditEntries.actor_label,
  action: auditEntries.action,
  resource_type: auditEntries.resource_type,
  resource_id: auditEntries.resource_id,
  severity: sql<Severity>`${auditEntries.severity}`,
  reason: auditEntries.reason,
  details: auditEntries.details,
  previous_hash: sql<string>`encode(${auditEntries.previous_hash}, 'hex')`,
  hash: sql<string>`encode(${auditEntries.hash}, 'hex')`,
};

const SEALED = { ...COLUMNS, text: sql<string>`private.audit_text(audit_entries)` };

function conditions(workspaceId: string, filter: AuditFilter): SQL[] {
  const { action, resource, actor, severity, from, to } = filter;
  const [type, ...id] = resource?.split(":") ?? [];
  return [
    eq(auditEntries.workspace_id, workspaceId),
    ...(action ? [eq(auditEntries.action, action)] : []),
    ...(type ? [eq(auditEntries.resource_type, type)] : []),
    ...(id.length > 0 ? [eq(auditEntries.resource_id, id.join(":"))] : []),
    ...(actor ? [ilike(auditEntries.actor_label, `%${actor.replace(/[\\%_]/g, "\\$&")}%`)] : []),
    ...(severity ? [eq(auditEntries.severity, severity)] : []),
    ...(from ? [gte(auditEntries.at, `${from}T00:00:00Z`)] : []),
    ...(to ? [lt(auditEntries.at, sql`${`${to}T00:00:00Z`}::timestamptz + interval '24 hours'`)] : []),
  ];
}

/**
 * One page of the entries the signed-in person may read, newest first: those before `before`, or those next after `after`, or the newest.
 */
export async function readAuditPage(
  tx: Tx,
  workspaceId: string,
  filter: AuditFilter,
  page: { before?: number | undefined; after?: number | undefined; limit: number },
): Promise<AuditPage> {
  const { before, after, limit } = page;
  const forward = after !== undefined;
  const edge = forward
    ? [gt(auditEntries.sequence, after)]
    : before === undefined
      ? []
      : [lt(auditEntries.sequence, before)];
  const rows = await tx
    .select(COLUMNS)
    .from(auditEntries)
    .where(and(...conditions(workspaceId, filter), ...edge))
    .orderBy(forward ? asc(auditEntries.sequence) : desc(auditEntries.sequence))
    .limit(limit + 1);
  const more = rows.length > limit;
  const entries = rows.slice(0, limit);
  return forward
    ? { entries: entries.reverse(), hasOlder: true, hasNewer: more }
    : { entries, hasOlder: more, hasNewer: before !== undefined };
}

/** One entry, or null when there is none that the signed-in person may read. */
export async function readAuditEntry(
  tx: Tx,
  workspaceId: string,
  sequence: number,
): Promise<SealedEntry | null> {
  const [entry] = await tx
    .select(SEALED)
    .from(auditEntries)
    .where(and(eq(auditEntries.workspace_id, workspaceId), eq(auditEntries.sequence, sequence)));
  return entry ?? null;
}

/** Up to `limit` entries after `after`, oldest first and not past `through`, each with the text its hash is taken over. */
export async function readSealedEntries(
  tx: Tx,
  workspaceId: string,
  filter: AuditFilter,
  page: { after: number; through: number; limit: number },
): Promise<SealedEntry[]> {
  return tx
    .select(SEALED)
    .from(auditEntries)
    .where(
      and(
        ...conditions(workspaceId, filter),
        gt(auditEntries.sequence, page.after),
        lte(auditEntries.sequence, page.through),
      ),
    )
    .orderBy(asc(auditEntries.sequence))
    .limit(page.limit);
}

/** The actions and resource types that occur, in order. Walks the index from value to value, so it doesn't grow with the chain. */
export async function readAuditChoices(
  tx: Tx,
  workspaceId: string,
): Promise<{ actions: string[]; types: string[] }> {
  const walk = (name: "action" | "resource_type") => {
    const column = sql.identifier(name);
    return tx.execute<{ value: string }>(sql`
      with recursive found as (
        (select ${column} as value from app.audit_entries where workspace_id = ${workspaceId}::uuid order by ${column} limit 1)
        union all
        select (select ${column} from app.audit_entries
          where workspace_id = ${workspaceId}::uuid and ${column} > found.value order by ${column} limit 1)
        from found where found.value is not null)
      select value from found where value is not null`);
  };
  const actions = await walk("action");
  const types = await walk("resource_type");
  return { actions: actions.map((row) => row.value), types: types.map((row) => row.value) };
}

/** The newest sequence number and hash of the chain: what to keep outside. Null for who may not read the whole trail. */
export async function readAuditHead(
  tx: Tx,
  workspaceId: string,
): Promise<{ sequence: number; hash: string } | null> {
  const [head] = await tx.execute<{ sequence: string; hash: string }>(
    sql`select sequence, encode(hash, 'hex') as hash from app.audit_heads where workspace_id = ${workspaceId}::uuid`,
  );
  return head === undefined ? null : { sequence: Number(head.sequence), hash: head.hash };
}

/** What a verification found: how many entries hold, and the first that doesn't with what is wrong. */
export interface Verification {
  checked: number;
  firstBad: number | null;
  problem: string | null;
}

/**
 * Recomputes the whole chain in the database, for up to two minutes (about 60 µs an entry). Throws forbidden for who may not read the whole
 * trail, unavailable when it takes longer: then `npm run audit:verify` does it from outside.
 */
export async function verifyAudit(tx: Tx, workspaceId: string): Promise<Verification> {
  await tx.execute(sql`select set_config('statement_timeout', '120s', true)`);
  const [row] = await tx.execute<{ checked: string; first_bad: string | null; problem: string | null }>(
    sql`select * from app.verify_audit(${workspaceId}::uuid)`,
  );
  if (row === undefined) throw new Error("verify_audit returned no row");
  const firstBad = row.first_bad === null ? null : Number(row.first_bad);
  return { checked: Number(row.checked), firstBad, problem: row.problem };
}
