import { sql } from "drizzle-orm";
import { Batcher } from "#lib/batch.ts";
import { plain } from "#lib/db/array-text.ts";
import { service } from "#lib/db/service.ts";
import { ticketEnv } from "#lib/env.ts";
import type { QueuePlace } from "#lib/launch/schema.ts";
import { ticketToken } from "./token.ts";

/** A row of launch.find_tickets. */
type Row = {
  id: string;
  workspace_id: string;
  state: QueuePlace["state"];
  place: number | null;
  estimated_at: string | null;
};

/** How long who waits may wait before looking again: the nearer, the sooner, so that a long queue costs the server little. */
function pollAfter(state: QueuePlace["state"], place: number | null): number {
  if (state !== "waiting") return state === "ready" ? 10 : 60;
  if (place === null || place > 1000) return 60;
  return place > 100 ? 30 : place > 10 ? 15 : 5;
}

/** The place that a row of the engine's describes, with its token and the address of its page. */
export function placeWith(row: Row): QueuePlace {
  const { GANTRY_SECRET, GANTRY_SITE_URL } = ticketEnv();
  const token = ticketToken(GANTRY_SECRET, { workspaceId: row.workspace_id, ticketId: row.id });
  return {
    token,
    state: row.state,
    place: row.place,
    estimated_at: row.estimated_at === null ? null : new Date(row.estimated_at).toISOString(),
    poll_after_seconds: pollAfter(row.state, row.place),
    page: new URL(`/q/${token}`, GANTRY_SITE_URL).href,
  };
}

async function find(ids: string[]): Promise<(QueuePlace | null)[]> {
  const rows = await service().execute<Row>(
    sql`select * from launch.find_tickets(${plain(ids)}::text::uuid[])`,
  );
  const places = new Map(rows.map((row) => [row.id, placeWith(row)]));
  return ids.map((id) => places.get(id) ?? null);
}

interface Found {
  value: QueuePlace | null;
}

let finder: Batcher<string, Found> | undefined;

/** The place of the ticket that a check was answered with, or null when it has none. Those of one batch are read in one statement. */
export async function placeOf(checkId: string): Promise<QueuePlace | null> {
  finder ??= new Batcher<string, Found>({
    send: async (ids) => (await find(ids)).map((value) => ({ value })),
    maxBatch: 1000,
    maxQueue: 10_000,
    deadline: 4000,
    onStuck: () => undefined,
  });
  return (await finder.ask(checkId)).value;
}
