import { asKey } from "#lib/db/service.ts";
import { pauseCountry } from "#lib/launch/countries.ts";
import { CountryParams, PauseInput } from "#lib/launch/schema.ts";
import { json, route } from "#lib/route.ts";

/** Stops a country at once. */
export const POST = route(
  { path: "/api/v1/countries/{code}/pause", params: CountryParams, body: PauseInput, perMinute: 120 },
  async ({ keyHash, params, body }) =>
    json(await asKey(keyHash, "countries.pause", (tx, id) => pauseCountry(tx, id, params.code, body.reason))),
);
