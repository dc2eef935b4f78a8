import { asKey } from "#lib/db/service.ts";
import { readCountries, unlistCountry } from "#lib/launch/countries.ts";
import { CountryParams } from "#lib/launch/schema.ts";
import { json, route } from "#lib/route.ts";

const path = "/api/v1/countries/{code}";

/** One country with its gates. */
export const GET = route({ path, params: CountryParams, perMinute: 600 }, async ({ keyHash, params }) =>
  json((await readCountries(keyHash, "countries.read", params.code))[0]),
);

/** Takes a country that was never activated off the list. */
export const DELETE = route({ path, params: CountryParams, perMinute: 120 }, async ({ keyHash, params }) => {
  await asKey(keyHash, "countries.manage", (tx, id) => unlistCountry(tx, id, params.code));
  return new Response(null, { status: 204 });
});
