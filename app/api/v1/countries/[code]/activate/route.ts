import { asKey } from "#lib/db/service.ts";
import { activateCountry } from "#lib/launch/countries.ts";
import { ActivateInput, CountryParams } from "#lib/launch/schema.ts";
import { json, route } from "#lib/route.ts";

/** Opens a listed country for the first time. */
export const POST = route(
  { path: "/api/v1/countries/{code}/activate", params: CountryParams, body: ActivateInput, perMinute: 120 },
  async ({ keyHash, params, body }) =>
    json(await asKey(keyHash, "countries.manage", (tx, id) => activateCountry(tx, id, params.code, body))),
);
