import { asKey } from "#lib/db/service.ts";
import { advanceCountry } from "#lib/launch/countries.ts";
import { AdvanceInput, CountryParams } from "#lib/launch/schema.ts";
import { json, route } from "#lib/route.ts";

/** Moves an open country forward. */
export const POST = route(
  { path: "/api/v1/countries/{code}/advance", params: CountryParams, body: AdvanceInput, perMinute: 120 },
  async ({ keyHash, params, body }) =>
    json(await asKey(keyHash, "countries.manage", (tx, id) => advanceCountry(tx, id, params.code, body))),
);
