import { randomUUID } from "node:crypto";
import type { TestDatabase } from "./database.ts";
import type { Workspace } from "./people.ts";

/** An event as a product has reported it; what is left out is null. `at` is RFC 3339. */
export interface Reported {
  type: string;
  at: string;
  country?: string;
  subject?: string;
  device?: string;
  ip?: string;
  /** How many alike, each with an id of its own, `every` milliseconds apart (default 0). */
  times?: number;
  every?: number;
}

/** Puts events where reports of them would put them. `{n}` in subject, device and ip is the number of the event, from 1. */
export async function reported(db: TestDatabase, workspace: Workspace, ...events: Reported[]): Promise<void> {
  for (const { type, at, times = 1, every = 0, country, subject, device, ip } of events) {
    const numbered = (text: string | undefined) => text ?? null;
    await db.owner`
      insert into launch.events (workspace_id, occurred_at, received_at, type, source, event_id, country, subject, device, ip)
      select ${workspace.id}, ${at}::timestamptz + (n - 1) * ${every}::float8 * interval '1 millisecond', launch.now(), ${type}, 'test',
        ${randomUUID()}::text || n, ${country ?? null}, replace(${numbered(subject)}::text, '{n}', n::text),
        replace(${numbered(device)}::text, '{n}', n::text), replace(${numbered(ip)}::text, '{n}', n::text)::inet
      from generate_series(1, ${times}::int) n`;
  }
}
