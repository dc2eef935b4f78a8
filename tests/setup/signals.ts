import { randomUUID } from "node:crypto";
import type { TestDatabase } from "./database.ts";
import type { Workspace } from "./people.ts";

/** An event with what tests leave out: PL, and a subject of its own. */
export interface TestEvent {
  type: string;
  at: string;
  country?: string | null;
  subject?: string | null;
  amount?: { minor: number; currency: string };
  value?: number;
}

/** Writes events as reporting them does: the rows, and the hours they touch. */
export async function reportEvents(
  db: TestDatabase,
  workspace: Workspace,
  events: readonly TestEvent[],
): Promise<void> {
  const rows = events.map(({ type, at, country = "PL", subject, amount, value }) => ({
    type,
    at,
    country,
    subject: subject === undefined ? randomUUID() : subject,
    minor: amount?.minor ?? null,
    currency: amount?.currency ?? null,
    value: value ?? null,
  }));
  await db.owner`
    with reported as (
      insert into launch.events (workspace_id, occurred_at, received_at, type, source, event_id, country, subject, amount_minor, currency, value)
      select ${workspace.id}, r.at, launch.now(), r.type, 'test', gen_random_uuid()::text, r.country, r.subject, r.minor, r.currency, r.value
      from jsonb_to_recordset(${db.owner.json(rows)}::jsonb)
        as r (type text, at timestamptz, country text, subject text, minor bigint, currency text, value double precision)
      returning occurred_at)
    insert into private.touched_hours (workspace_id, hour_at, touched_at)
    select distinct ${workspace.id}::uuid, date_trunc('hour', occurred_at, 'UTC'), launch.now() from reported order by 2
    on conflict (workspace_id, hour_at) do update set touched_at = excluded.touched_at`;
}

/** `count` events of one type at one time. */
export const times = (count: number, event: TestEvent): TestEvent[] =>
  Array.from({ length: count }, () => ({ ...event }));

/** Rolls up all that was touched. Returns how many hours were counted. */
export async function rollUp(db: TestDatabase, workspace: Workspace): Promise<number> {
  let hours = 0;
  for (;;) {
    const [row] = await db.service<
      { taken: number }[]
    >`select launch.roll_up_events(${workspace.id}) as taken`;
    hours += row?.taken ?? 0;
    if (row === undefined || row.taken < 6) return hours;
  }
}

/** Rolls up and takes the snapshot of now. */
export async function recordKpis(db: TestDatabase, workspace: Workspace): Promise<void> {
  await rollUp(db, workspace);
  await db.service`select launch.record_kpis(${workspace.id})`;
}
