import { asKey } from "#lib/db/service.ts";
import { listCountries, readCountries } from "#lib/launch/countries.ts";
import { ListCountriesInput } from "#lib/launch/schema.ts";
import { json, route } from "#lib/route.ts";

/** Every listed country with its gates. At most 249, so one page. */
export const GET = route({ path: "/api/v1/countries", perMinute: 600 }, async ({ keyHash }) =>
  json({ data: await readCountries(keyHash, "countries.read", null), next_cursor: null }),
);

/** Lists countries as not launched. Those already listed stay as they are. */
export const POST = route(
  { path: "/api/v1/countries", body: ListCountriesInput, perMinute: 120 },
  async ({ keyHash, body }) =>
    json({
      listed: await asKey(keyHash, "countries.manage", (tx, id) => listCountries(tx, id, body.countries)),
    }),
);
