import { z } from "zod";
import { connect } from "#lib/db/connect.ts";
import { log } from "#lib/log.ts";

/** What of a workspace changed. Says where to look again, never what is there. */
export type LiveTopic = string;
type Listener = (topic: LiveTopic) => void;

const Announcement = z.object({ workspace_id: z.string(), topic: z.string() });
const CHANNEL = "gantry";
const RETRY_MS = 1000;

interface Hub {
  listeners: Map<string, Set<Listener>>;
  streams: Map<string, number>;
  listening: boolean;
}

const shared: { gantryLive?: Hub } = globalThis as typeof shared;

function hub(): Hub {
  shared.gantryLive ??= { listeners: new Map(), streams: new Map(), listening: false };
  return shared.gantryLive;
}

/** Tells a workspace's listeners; `null` tells everybody, who may have missed something. */
function tell(workspaceId: string | null, topic: LiveTopic): void {
  const { listeners } = hub();
  const told = workspaceId === null ? [...listeners.values()] : [listeners.get(workspaceId) ?? []];
  for (const listener of told.flatMap((set) => [...set])) listener(topic);
}

function hear(payload: string): void {
  const parsed = Announcement.safeParse(JSON.parse(payload));
  if (parsed.success) tell(parsed.data.workspace_id, parsed.data.topic);
}

/** One connection for the whole process. What was missed while it was down, `reconnected` makes good. */
async function listen(): Promise<void> {
  const sql = connect("live", 1);
  try {
    // Once it has listened, the driver listens again by itself whenever the connection drops.
    await sql.listen(CHANNEL, hear, () => tell(null, "reconnected"));
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
