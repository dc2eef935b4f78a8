import { z } from "zod";
import type { AlertQuery } from "#lib/alerts/schema.ts";
import { ALERT_KINDS, ALERT_SEVERITIES, ALERT_STATUSES } from "#lib/alerts/vocabulary.ts";

const Query = z.object({
  status: z.enum(["unresolved", "all", ...ALERT_STATUSES]).catch("unresolved"),
  kind: z.enum(ALERT_KINDS).optional().catch(undefined),
  severity: z.enum(ALERT_SEVERITIES).optional().catch(undefined),
  cursor: z.uuid().optional().catch(undefined),
  alert: z.uuid().optional().catch(undefined),
});

export type AlertView = z.infer<typeof Query>;
export type RawQuery = Record<string, string | string[] | undefined>;

const PAGE = 50;

/** Reads the page's address. What makes no sense is left out; without a status it is the inbox: what is not resolved. */
export function alertView(query: RawQuery): AlertView {
  return Query.parse(query);
}

/** What to ask the database for a view. */
export function alertQuery({ status, kind, severity, cursor }: AlertView): AlertQuery {
  return {
    limit: PAGE,
    ...(status !== "all" && { status }),
    ...(kind !== undefined && { kind }),
    ...(severity !== undefined && { severity }),
    ...(cursor !== undefined && { cursor }),
  };
}

/** An address of this page: the view with these differences. `undefined` takes a part away. */
export function alertHref(
  path: string,
  view: AlertView,
  change: { [K in keyof AlertView]?: AlertView[K] | undefined } = {},
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...view, ...change })) {
    if (value !== undefined && !(name === "status" && value === "unresolved")) query.set(name, String(value));
  }
  return query.size === 0 ? path : `${path}?${query}`;
}
