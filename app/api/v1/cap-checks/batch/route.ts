import { checkCaps } from "#lib/launch/caps.ts";
import { CapCheckBatch } from "#lib/launch/schema.ts";
import { problemOf } from "#lib/problem.ts";
import { json, route } from "#lib/route.ts";

/** Asks up to 1,000 checks, each with its own key, answered in order. */
export const POST = route(
  { path: "/api/v1/cap-checks/batch", body: CapCheckBatch },
  async ({ keyHash, body }) => {
    const outcomes = await checkCaps(
      keyHash,
      body.checks.map(({ idempotency_key, ...check }) => ({ idempotencyKey: idempotency_key, check })),
    );
    return json({
      data: outcomes.map((outcome) =>
        "decided" in outcome
          ? outcome.decided.answer
          : { problem: problemOf(outcome.problem, "urn:gantry:batch") },
      ),
    });
  },
);
