import { readPublicAlerts } from "#lib/alerts/alerts.ts";
import { AlertQuery } from "#lib/alerts/schema.ts";
import { asKey } from "#lib/db/service.ts";
import { json, route } from "#lib/route.ts";

/** Alerts, newest first, a page at a time. */
export const GET = route(
  { path: "/api/v1/alerts", query: AlertQuery, perMinute: 600 },
  async ({ keyHash, query }) =>
    json(await asKey(keyHash, "alerts.read", (tx, id) => readPublicAlerts(tx, id, query))),
);
