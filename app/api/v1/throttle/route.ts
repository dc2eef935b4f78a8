import { asKey } from "#lib/db/service.ts";
import { readThrottleWithMeasurements } from "#lib/launch/throttle.ts";
import { json, route } from "#lib/route.ts";

/** The throttle level in force and the measurements behind it. */
export const GET = route({ path: "/api/v1/throttle", perMinute: 600 }, async ({ keyHash }) =>
  json(await asKey(keyHash, "throttle.read", readThrottleWithMeasurements)),
);
