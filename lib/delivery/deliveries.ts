import { and, desc, eq, lt, type SQL, sql } from "drizzle-orm";
import { channels, deliveries, deliveryAttempts, messages, type Refusal } from "#lib/db/delivery-schema.ts";
import type { Tx } from "#lib/db/service.ts";
import type { DELIVERY_STATES, MESSAGE_TYPES } from "./vocabulary.ts";

/** A message on its way to one channel. */
export interface DeliveryRow {
  id: number;
  message_id: string;
  type: (typeof MESSAGE_TYPES)[number] | "channel.test";
  /** What it is about: an alert's title, a country's code. */
  about: string | null;
  channel: string;
  /** Whether its channel is switched on, so that it can be sent again. */
  channel_enabled: boolean;
  state: (typeof DELIVERY_STATES)[number];
  attempts: number;
  /** When it is tried next; null once it is settled. */
  due_at: string | null;
  /** Whether it waits until an earlier message about the same thing has arrived or been given up. */
  waits: boolean;
  created_at: string;
  last_error: string | null;
  /** Whether it reached some of its recipients and others refused it. */
  partly: boolean;
}

export interface AttemptRow {
  attempt: number;
  at: string;
  /** What the other side answered: an HTTP status or an SMTP code. */
  status: number | null;
  error: string | null;
  response: string | null;
  took_ms: number;
  /** Of a mail: whom it did not reach, and why. */
  refusals: Refusal[] | null;
}

function select(tx: Tx, where: SQL | undefined, limit: number) {
  return tx
    .select({
      id: deliveries.id,
      message_id: deliveries.message_id,
      type: sql<DeliveryRow["type"]>`${messages.type}`,
      about: sql<string | null>`coalesce(${messages.data} ->> 'title', ${messages.data} ->> 'country')`,
      channel: channels.name,
      channel_enabled: channels.enabled,
      state: sql<DeliveryRow["state"]>`${deliveries.state}`,
      attempts: deliveries.attempts,
      due_at: sql<
        string | null
      >`case when ${deliveries.state} = 'pending' then greatest(${deliveries.due_at}, launch.now() + interval '1 second') end`,
      waits: sql<boolean>`${deliveries.state} = 'pending' and exists (select from app.deliveries e where e.channel_id = ${deliveries.channel_id}
        and e.subject = ${deliveries.subject} and e.id < ${deliveries.id} and e.state = 'pending' and e.reached = '{}')`,
      created_at: deliveries.created_at,
      last_error: deliveries.last_error,
      partly: sql<boolean>`${deliveries.reached} <> '{}' and ${deliveries.last_error} is not null`,
    })
    .from(deliveries)
    .innerJoin(messages, eq(messages.id, deliveries.message_id))
    .innerJoin(channels, eq(channels.id, deliveries.channel_id))
    .where(where)
    .orderBy(desc(deliveries.id))
    .limit(limit);
}

/** A page of deliveries, newest first, older than `before`. Empty for who may not manage channels. */
export async function readDeliveries(
  tx: Tx,
  workspaceId: string,
  { before, limit }: { before: number | undefined; limit: number },
): Promise<{ data: DeliveryRow[]; older: number | null }> {
  const older = before === undefined ? undefined : lt(deliveries.id, before);
  const rows = await select(tx, and(eq(deliveries.workspace_id, workspaceId), older), limit + 1);
  const data = rows.slice(0, limit);
  return { data, older: rows.length > limit ? (data.at(-1)?.id ?? null) : null };
}

/** One delivery; null when there is none that the reader may see. */
export async function readDelivery(tx: Tx, workspaceId: string, id: number): Promise<DeliveryRow | null> {
  const where = and(eq(deliveries.workspace_id, workspaceId), eq(deliveries.id, id));
  const [row] = await select(tx, where, 1);
  return row ?? null;
}

/** Every time a delivery was sent, newest first. */
export async function readAttempts(tx: Tx, deliveryId: number): Promise<AttemptRow[]> {
  return tx
    .select({
      attempt: deliveryAttempts.attempt,
      at: deliveryAttempts.at,
      status: deliveryAttempts.status,
      error: deliveryAttempts.error,
      response: deliveryAttempts.response,
      took_ms: deliveryAttempts.took_ms,
      refusals: deliveryAttempts.refusals,
    })
    .from(deliveryAttempts)
    .where(eq(deliveryAttempts.delivery_id, deliveryId))
    .orderBy(desc(deliveryAttempts.attempt));
}

/** Queues a test to a channel, switched off or not. It is tried once. Resolves with the delivery's id. Throws not_found, forbidden. */
export async function testChannel(tx: Tx, workspaceId: string, id: string): Promise<number> {
  const [row] = await tx.execute<{ id: string }>(
    sql`select app.test_channel(${workspaceId}::uuid, ${id}::uuid) as id`,
  );
  return Number(row?.id);
}

/** Sends a settled delivery again, under its message id. Throws not_found, illegal_transition, forbidden. */
export async function replayDelivery(tx: Tx, workspaceId: string, id: number): Promise<void> {
  await tx.execute(sql`select app.replay_delivery(${workspaceId}::uuid, ${id}::bigint)`);
}

/** Sends a channel's dead letters since a time again. Resolves with how many. Throws not_found, illegal_transition, forbidden. */
export async function replayFailedDeliveries(
  tx: Tx,
  workspaceId: string,
  channelId: string,
  since: string,
): Promise<number> {
  const [row] = await tx.execute<{ n: number }>(
    sql`select app.replay_failed_deliveries(${workspaceId}::uuid, ${channelId}::uuid, ${since}::timestamptz) as n`,
  );
  return Number(row?.n);
}
