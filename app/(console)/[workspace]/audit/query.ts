import { z } from "zod";
import { type AuditFilter, SEVERITIES } from "#lib/workspace/audit.ts";

const text = z.string().trim().min(1).max(200).optional().catch(undefined);
const number = z.coerce.number().int().min(0).optional().catch(undefined);
const day = z.iso.date().optional().catch(undefined);

const AuditQuery = z.object({
  action: text,
  resource: text,
  actor: text,
  severity: z.enum(SEVERITIES).optional().catch(undefined),
  from: day,
  to: day,
  before: number,
  after: number,
  entry: number,
});

export type RawQuery = Record<string, string | string[] | undefined>;

export interface AuditView {
  filter: AuditFilter;
  before: number | undefined;
  after: number | undefined;
  /** The entry whose details are open. */
  entry: number | undefined;
}

/** Reads the page's address. What makes no sense is left out. */
export function auditView(query: RawQuery): AuditView {
  const { before, after, entry, ...filter } = AuditQuery.parse(query);
  return { filter, before, after, entry };
}

/** An address of this page, or of the export: the filter and whatever else is named. */
export function auditHref(
  path: string,
  filter: AuditFilter,
  more: Record<string, string | number | undefined> = {},
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...filter, ...more })) {
    if (value !== undefined) query.set(name, String(value));
  }
  return query.size === 0 ? path : `${path}?${query}`;
}
