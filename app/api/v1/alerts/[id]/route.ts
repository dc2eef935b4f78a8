import { readPublicAlert } from "#lib/alerts/alerts.ts";
import { AlertId } from "#lib/alerts/schema.ts";
import { asKey } from "#lib/db/service.ts";
import { json, route } from "#lib/route.ts";

/** One alert. */
export const GET = route(
  { path: "/api/v1/alerts/{id}", params: AlertId, perMinute: 600 },
  async ({ keyHash, params }) =>
    json(await asKey(keyHash, "alerts.read", (tx, id) => readPublicAlert(tx, id, params.id))),
);
