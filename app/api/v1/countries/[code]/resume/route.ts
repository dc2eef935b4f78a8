import { asKey } from "#lib/db/service.ts";
import { resumeCountry } from "#lib/launch/countries.ts";
import { CountryParams, ResumeInput } from "#lib/launch/schema.ts";
import { json, route } from "#lib/route.ts";

/** Reopens a paused country. */
export const POST = route(
  { path: "/api/v1/countries/{code}/resume", params: CountryParams, body: ResumeInput, perMinute: 120 },
  async ({ keyHash, params, body }) =>
    json(await asKey(keyHash, "countries.manage", (tx, id) => resumeCountry(tx, id, params.code, body))),
);
