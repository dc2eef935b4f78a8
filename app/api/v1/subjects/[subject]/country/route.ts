import { asKey } from "#lib/db/service.ts";
import { json, route } from "#lib/route.ts";
import { SubjectParams } from "#lib/signals/schema.ts";
import { readSubjectCountry } from "#lib/signals/subjects.ts";

/** The country that a subject's events last reported. */
export const GET = route(
  { path: "/api/v1/subjects/{subject}/country", params: SubjectParams },
  async ({ keyHash, params }) =>
    json(await asKey(keyHash, "signals.report", (tx, id) => readSubjectCountry(tx, id, params.subject))),
);
