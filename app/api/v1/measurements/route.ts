import { asKey } from "#lib/db/service.ts";
import { json, route } from "#lib/route.ts";
import { reportMeasurements } from "#lib/signals/measurements.ts";
import { MeasurementsInput } from "#lib/signals/schema.ts";

/** Keeps up to 1,000 measurements. */
export const POST = route(
  { path: "/api/v1/measurements", body: MeasurementsInput, perMinute: 600 },
  async ({ keyHash, body }) => {
    const accepted = await asKey(keyHash, "signals.report", (tx, workspaceId) =>
      reportMeasurements(tx, workspaceId, body),
    );
    return json({ accepted }, { status: 202 });
  },
);
