import { asKey } from "#lib/db/service.ts";
import { changeCaps } from "#lib/launch/countries.ts";
import { ChangeCapsInput, CountryParams } from "#lib/launch/schema.ts";
import { json, route } from "#lib/route.ts";

/** Changes caps without restarting the day. */
export const PATCH = route(
  { path: "/api/v1/countries/{code}/caps", params: CountryParams, body: ChangeCapsInput, perMinute: 120 },
  async ({ keyHash, params, body }) =>
    json(await asKey(keyHash, "countries.manage", (tx, id) => changeCaps(tx, id, params.code, body))),
);
