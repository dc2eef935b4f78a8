import { capHeaders } from "#lib/launch/cap-headers.ts";
import { checkCap } from "#lib/launch/caps.ts";
import { CapCheck } from "#lib/launch/schema.ts";
import { idempotencyKeyOf } from "#lib/request.ts";
import { json, route } from "#lib/route.ts";

/** Asks whether something may happen now. */
export const POST = route(
  { path: "/api/v1/cap-checks", body: CapCheck },
  async ({ keyHash, body, request }) => {
    const { answer, replayed } = await checkCap(keyHash, idempotencyKeyOf(request), body);
    return json(answer, {
      headers: { ...capHeaders(answer), ...(replayed ? { "idempotent-replayed": "true" } : {}) },
    });
  },
);
