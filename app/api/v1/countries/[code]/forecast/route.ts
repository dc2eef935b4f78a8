import { asKey } from "#lib/db/service.ts";
import { readForecasts } from "#lib/forecast/forecasts.ts";
import { CountryParams } from "#lib/launch/schema.ts";
import { json, route } from "#lib/route.ts";

/** What a country's demand will be over two days, and when its cap will be reached. */
export const GET = route(
  { path: "/api/v1/countries/{code}/forecast", params: CountryParams, perMinute: 120 },
  async ({ keyHash, params }) =>
    json((await asKey(keyHash, "countries.read", (tx, id) => readForecasts(tx, id, params.code)))[0]),
);
