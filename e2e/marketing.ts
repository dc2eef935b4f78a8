import postgres from "postgres";
import type { z } from "zod";
import { at, expect } from "./fixtures.ts";

/** Asks the console's API with the demo key; fails when it refuses. */
export async function api<T extends z.ZodType>(
  method: string,
  path: string,
  body: object | undefined,
  answer: T,
): Promise<z.infer<T>> {
  const response = await fetch(`${at.E2E_SITE}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${at.E2E_KEY}`, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const told: unknown = await response.json();
  expect({ path, status: response.status, told }).toMatchObject({ status: 200 });
  return answer.parse(told);
}

/** What a product reports, as one batch of CloudEvents. */
export async function report(events: { type: string; id?: string; data: object }[]): Promise<void> {
  const response = await fetch(`${at.E2E_GATE}/api/v1/events`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${at.E2E_KEY}`,
      "content-type": "application/cloudevents-batch+json",
    },
    body: JSON.stringify(
      events.map(({ id = crypto.randomUUID(), ...event }) => ({
        specversion: "1.0",
        id,
        source: "/app",
        ...event,
      })),
    ),
  });
  expect(response.status).toBe(202);
}

/** Gives what was reported to its campaigns: the job runs each minute and judges what is a minute old, and a journey waits for neither. */
export async function attribute(): Promise<void> {
  const db = postgres(at.E2E_DATABASE, { max: 1 });
  await db`select launch.attribute_events('0')`;
  await db.end();
}
