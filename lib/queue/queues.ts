import { and, desc, eq, sql } from "drizzle-orm";
import { queues, tickets } from "#lib/db/queue-schema.ts";
import type { Tx } from "#lib/db/service.ts";
import type { QueueInput } from "./schema.ts";
import { QUEUED_OPERATIONS } from "./vocabulary.ts";

/** One queue as its operators see it. Times are RFC 3339; `pace` is people a minute; `estimated_at` is the turn of who came now. */
export type QueueNow = {
  country: string;
  operation: string;
  waiting: number;
  ready: number;
  claimed_today: number;
  passed_today: number;
  oldest_at: string | null;
  pace: number | null;
  estimated_at: string | null;
};

/** How an operation queues. Version 0: nobody has set it. */
export type QueueSettings = Omit<typeof queues.$inferSelect, "workspace_id">;

/** A ticket found by its subject. */
export type FoundTicket = {
  id: string;
  subject: string | null;
  country: string;
  operation: string;
  state: string;
  entered_at: string;
  ended_at: string | null;
};

const time = (value: string | null): string | null => (value === null ? null : new Date(value).toISOString());

/** The workspace's queues, the longest first. Throws forbidden, not_found. */
export async function readQueues(tx: Tx, workspaceId: string): Promise<QueueNow[]> {
  const rows = await tx.execute<Omit<QueueNow, "pace"> & { pace: string | null }>(
    sql`select * from launch.read_queues(${workspaceId}::uuid)`,
  );
  return rows.map((row) => ({
    ...row,
    oldest_at: time(row.oldest_at),
    estimated_at: time(row.estimated_at),
    pace: row.pace === null ? null : Number(row.pace),
  }));
}

/** How each operation that can wait queues, set or not. */
export async function readQueueSettings(tx: Tx, workspaceId: string): Promise<QueueSettings[]> {
  const rows = await tx.select().from(queues).where(eq(queues.workspace_id, workspaceId));
  return QUEUED_OPERATIONS.map((operation) => {
    const { workspace_id: _, ...row } = rows.find((one) => one.operation === operation) ?? {
      workspace_id: workspaceId,
      operation,
      enabled: false,
      claim_seconds: 120,
      per_minute: 300,
      carries_over: true,
      return_url: null,
      version: 0,
    };
    return row;
  });
}

/** The newest 20 tickets of a subject. */
export async function findTickets(tx: Tx, workspaceId: string, subject: string): Promise<FoundTicket[]> {
  const rows = await tx
    .select()
    .from(tickets)
    .where(and(eq(tickets.workspace_id, workspaceId), eq(tickets.subject, subject)))
    .orderBy(desc(tickets.id))
    .limit(20);
  return rows.map((row) => ({
    id: row.id,
    subject: row.subject,
    country: row.country,
    operation: row.operation,
    state: row.state,
    entered_at: new Date(row.entered_at).toISOString(),
    ended_at: time(row.ended_at),
  }));
}

/** Sets how an operation queues. Throws forbidden, invalid_input, version_conflict. */
export async function changeQueue(tx: Tx, workspaceId: string, input: QueueInput): Promise<void> {
  await tx.execute(sql`select launch.change_queue(${workspaceId}::uuid, ${input.operation}, ${input.enabled}, ${input.claim_seconds}::int,
    ${input.per_minute}::int, ${input.carries_over}, ${input.return_url ?? null}, ${input.reason ?? null}, ${input.expected_version}::int)`);
}

/** Ends all that wait in a queue; says how many. Throws forbidden, reason_required. */
export async function clearQueue(
  tx: Tx,
  workspaceId: string,
  { country, operation, reason }: { country: string; operation: string; reason: string },
): Promise<number> {
  const [row] = await tx.execute<{ count: number }>(
    sql`select launch.clear_queue(${workspaceId}::uuid, ${country}, ${operation}, ${reason}) as count`,
  );
  return row?.count ?? 0;
}
