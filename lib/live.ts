import { randomUUID } from "node:crypto";
import { z } from "zod";
import { connect, type Sql } from "#lib/db/connect.ts";
import { log } from "#lib/log.ts";

/** What of a workspace changed. Says where to look again, never what is there. */
export type LiveTopic = string;
/** A topic of every workspace: whether announcements arrive has changed. */
export const HEARING: LiveTopic = "hearing";

type Listener = (topic: LiveTopic) => void;

const Announcement = z.object({ workspace_id: z.string(), topic: z.string() });
const Probe = z.object({ probe: z.string() });
const CHANNEL = "gantry";
const RETRY_MS = 1000;
/** How long an announcement of our own may take before we are deaf, and how often we try. */
const PROBE_WAIT_MS = 3000;
const PROBE_EVERY_MS = 60_000;

interface Hub {
  listeners: Map<string, Set<Listener>>;
  streams: Map<string, number>;
  listening: boolean;
  /** False once an announcement of our own didn't come back: a pooler that shares connections by transaction passes none on. */
  hearing: boolean;
  /** The probe that is under way. */
  awaited: string | null;
}

const shared: { gantryLive?: Hub } = globalThis as typeof shared;

function hub(): Hub {
  shared.gantryLive ??= {
    listeners: new Map(),
    streams: new Map(),
    listening: false,
    hearing: true,
    awaited: null,
  };
  return shared.gantryLive;
}

/** Tells a workspace's listeners; `null` tells everybody, who may have missed something. */
function tell(workspaceId: string | null, topic: LiveTopic): void {
  const { listeners } = hub();
  const told = workspaceId === null ? [...listeners.values()] : [listeners.get(workspaceId) ?? []];
  for (const listener of told.flatMap((set) => [...set])) listener(topic);
}

function hear(payload: string): void {
  const message: unknown = JSON.parse(payload);
  const parsed = Announcement.safeParse(message);
  if (parsed.success) tell(parsed.data.workspace_id, parsed.data.topic);
  else if (Probe.safeParse(message).data?.probe === hub().awaited) {
    hub().awaited = null;
    setHearing(true);
  }
}

function setHearing(hearing: boolean): void {
  if (hub().hearing === hearing) return;
  hub().hearing = hearing;
  log().warn(
    { hearing },
    hearing ? "announcements are heard again" : "announcements don't arrive; pages poll",
  );
  tell(null, HEARING);
}

/** Whether announcements arrive. When they don't, pages have to ask by themselves; `HEARING` tells of a change. */
export function isHearing(): boolean {
  return hub().hearing;
}

/** Announces something of our own, and finds out whether it arrives. */
async function probe(sql: Sql): Promise<void> {
  const mine = randomUUID();
  hub().awaited = mine;
  try {
    await sql.notify(CHANNEL, JSON.stringify({ probe: mine }));
  } catch {
    // The database is away: the driver listens again when it is back, and then this is asked anew.
    return;
  }
  setTimeout(() => hub().awaited === mine && setHearing(false), PROBE_WAIT_MS).unref();
}

/** One connection for the whole process. What was missed while it was down, `reconnected` makes good. */
async function listen(): Promise<void> {
  const sql = connect("live", 1);
  try {
    // Once it has listened, the driver listens again by itself whenever the connection drops.
    await sql.listen(CHANNEL, hear, () => {
      tell(null, "reconnected");
      void probe(sql);
    });
    setInterval(() => void probe(sql), PROBE_EVERY_MS).unref();
  } catch (error) {
    log().warn({ err: error }, "announcements can't be heard; trying again");
    await sql.end({ timeout: 0 });
    setTimeout(() => void listen(), RETRY_MS);
  }
}

/** Calls `listener` for each change in a workspace until the returned function is called. */
export function subscribe(workspaceId: string, listener: Listener): () => void {
  const { listeners } = hub();
  const mine = listeners.get(workspaceId) ?? new Set();
  listeners.set(workspaceId, mine.add(listener));
  if (!hub().listening) {
    hub().listening = true;
    void listen();
  }
  return () => {
    mine.delete(listener);
    if (mine.size === 0 && listeners.get(workspaceId) === mine) listeners.delete(workspaceId);
  };
}

/** Takes one of a person's streams, or returns null when they have `limit` open already. The returned function gives it back, once. */
export function takeStream(personId: string, limit: number): (() => void) | null {
  const { streams } = hub();
  const open = streams.get(personId) ?? 0;
  if (open >= limit) return null;
  streams.set(personId, open + 1);
  let given = false;
  return () => {
    if (given) return;
    given = true;
    const left = (streams.get(personId) ?? 1) - 1;
    if (left > 0) streams.set(personId, left);
    else streams.delete(personId);
  };
}
