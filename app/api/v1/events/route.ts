import { json, route } from "#lib/route.ts";
import { readCloudEvents } from "#lib/signals/cloud-events.ts";
import { reportEvents } from "#lib/signals/events.ts";

/** Takes in CloudEvents 1.0: one, binary or structured, or a batch of up to 1,000. */
export const POST = route({ path: "/api/v1/events" }, async ({ keyHash, request }) =>
  json(await reportEvents(keyHash, await readCloudEvents(request)), { status: 202 }),
);
