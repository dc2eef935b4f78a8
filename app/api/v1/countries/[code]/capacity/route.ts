import { readCountries } from "#lib/launch/countries.ts";
import { CountryParams } from "#lib/launch/schema.ts";
import { json, route } from "#lib/route.ts";

/** What a country could still take now. Consumes nothing. */
export const GET = route(
  { path: "/api/v1/countries/{code}/capacity", params: CountryParams },
  async ({ keyHash, params }) => json((await readCountries(keyHash, "caps.check", params.code))[0]),
);
