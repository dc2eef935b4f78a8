import { sql } from "drizzle-orm";
import { asKey, service, type Tx } from "#lib/db/service.ts";
import { ticketEnv } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { placeWith } from "./places.ts";
import type { Ticket } from "./schema.ts";
import { readTicketToken, type TicketName } from "./token.ts";

/** A row of launch.read_ticket. */
interface Row extends Record<string, unknown> {
  id: string;
  state: Ticket["state"];
  country: Ticket["country"];
  operation: Ticket["operation"];
  units: number;
  entered_at: string;
  place: number | null;
  estimated_at: string | null;
  claim_until: string | null;
  receipt_id: string | null;
  hold_expires_at: string | null;
  workspace: string;
  return_url: string | null;
  claim_seconds: number;
  time_zone: string | null;
}

/** A ticket with what its waiting page says besides. */
export interface HeldTicket {
  ticket: Ticket;
  workspace: string;
  return_url: string | null;
  claim_seconds: number;
  time_zone: string;
}

function missing(): AppError {
  return new AppError("not_found", "There is no such ticket.");
}

function named(token: string): TicketName {
  const name = readTicketToken(ticketEnv().GANTRY_SECRET, token);
  if (name === null) throw missing();
  return name;
}

const time = (value: string) => new Date(value).toISOString();

function ticketOf(workspaceId: string, row: Row): Ticket {
  return {
    ...placeWith({ ...row, workspace_id: workspaceId }),
    country: row.country,
    operation: row.operation,
    units: row.units,
    entered_at: time(row.entered_at),
    claim_until: row.claim_until === null ? null : time(row.claim_until),
    reservation:
      row.state !== "claimed" || row.receipt_id === null || row.hold_expires_at === null
        ? null
        : { id: row.receipt_id, expires_at: time(row.hold_expires_at) },
  };
}

async function read(db: Pick<Tx, "execute">, { workspaceId, ticketId }: TicketName): Promise<Row> {
  const [row] = await db.execute<Row>(
    sql`select * from launch.read_ticket(${workspaceId}::uuid, ${ticketId}::uuid)`,
  );
  if (row === undefined) throw missing();
  return row;
}

/** Runs `work` as the key on the ticket of its own workspace that the token names. */
function asTicketKey(
  keyHash: Buffer,
  token: string,
  work: (tx: Tx, name: TicketName) => Promise<unknown>,
): Promise<Ticket> {
  return asKey(keyHash, "caps.check", async (tx, workspaceId) => {
    const name = named(token);
    if (name.workspaceId !== workspaceId) throw missing();
    await work(tx, name);
    return ticketOf(workspaceId, await read(tx, name));
  });
}

/** How a ticket stands. Throws not_found (also for a token that isn't one, or another workspace's), unauthenticated, forbidden. */
export function readTicket(keyHash: Buffer, token: string): Promise<Ticket> {
  return asTicketKey(keyHash, token, async () => undefined);
}

/**
 * Claims a ready ticket: its units are held for this many seconds as a reservation. The answer's state says what it met; only `claimed` is a
 * yes, and repeating it gives the same. Throws like `readTicket`.
 */
export function claimTicket(keyHash: Buffer, token: string, holdSeconds: number): Promise<Ticket> {
  return asTicketKey(keyHash, token, (tx, { ticketId }) =>
    tx.execute(
      sql`select * from launch.claim_ticket(${keyHash}::bytea, ${ticketId}::uuid, ${holdSeconds}::int)`,
    ),
  );
}

const leave = (db: Pick<Tx, "execute">, { workspaceId, ticketId }: TicketName) =>
  db.execute(sql`select launch.leave_queue(${workspaceId}::uuid, ${ticketId}::uuid)`);

/** Gives the place back; a ticket that is through or over stays as it is. Throws like `readTicket`. */
export function leaveQueue(keyHash: Buffer, token: string): Promise<Ticket> {
  return asTicketKey(keyHash, token, leave);
}

/** A ticket as whoever has its token sees it. Throws not_found. */
export async function heldTicket(token: string): Promise<HeldTicket> {
  const name = named(token);
  const row = await read(service(), name);
  const { workspace, return_url, claim_seconds, time_zone } = row;
  return {
    ticket: ticketOf(name.workspaceId, row),
    workspace,
    return_url,
    claim_seconds,
    time_zone: time_zone ?? "UTC",
  };
}

/** Gives a place back for whoever has the ticket's token. Throws not_found. */
export async function leaveByToken(token: string): Promise<void> {
  await leave(service(), named(token));
}
