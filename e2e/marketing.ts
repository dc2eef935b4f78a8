import type { z } from "zod";
import { at } from "./at.ts";
import { expect } from "./fixtures.ts";
import { ask, inDatabase, type Workspace } from "./workspace.ts";

/** Asks the API with the workspace's key; fails when it refuses. */
export async function api<T extends z.ZodType>(
  workspace: Workspace,
  question: string,
  body: object | undefined,
  answer: T,
): Promise<z.infer<T>> {
  const reply = await ask(workspace, question, body);
  expect({ question, ...reply }).toMatchObject({ status: 200 });
  return answer.parse(reply.body);
}

/** What a product reports, as one batch of CloudEvents. */
export async function report(
  workspace: Workspace,
  events: { type: string; id?: string; data: object }[],
): Promise<void> {
  const batch = events.map(({ id = crypto.randomUUID(), ...event }) => ({
    specversion: "1.0",
    id,
    source: "/app",
    ...event,
  }));
  const headers = { "content-type": "application/cloudevents-batch+json" };
  const { status } = await ask(workspace, "POST events", batch, { where: at.E2E_GATE, headers });
  expect(status).toBe(202);
}

/** Gives what was reported to its campaigns: the job runs each minute and judges what is a minute old, and a journey waits for neither. */
export async function attribute(): Promise<void> {
  await inDatabase((sql) => sql`select launch.attribute_events('0')`);
}
