import { asKey } from "#lib/db/service.ts";
import { changeTimeZone } from "#lib/launch/countries.ts";
import { CountryParams, TimeZoneInput } from "#lib/launch/schema.ts";
import { json, route } from "#lib/route.ts";

/** Gives the country another zone from its next day on. */
export const PUT = route(
  { path: "/api/v1/countries/{code}/time-zone", params: CountryParams, body: TimeZoneInput, perMinute: 120 },
  async ({ keyHash, params, body }) =>
    json(await asKey(keyHash, "countries.manage", (tx, id) => changeTimeZone(tx, id, params.code, body))),
);
