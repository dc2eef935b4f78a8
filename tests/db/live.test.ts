import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { memberWorkspaceId } from "#lib/live-access.ts";
import { liveStream } from "#lib/live-stream.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, join, newWorkspace, type Person, type Workspace } from "#tests/setup/people.ts";

let db: TestDatabase;
let w: Workspace;
let open: Watcher[] = [];

beforeAll(async () => {
  db = await testDatabase();
  process.env.DATABASE_URL = db.serviceUrl;
  process.env.DATABASE_POOL = "1";
  process.env.GANTRY_LOG_LEVEL = "silent";
});
beforeEach(async () => {
  w = await newWorkspace(db);
});
afterEach(async () => {
  for (const watcher of open) await watcher.leave();
  open = [];
});
afterAll(() => db.close());

/** A browser that watches a workspace. */
interface Watcher {
  /** The next announcement, or "end". Heartbeats aren't told. */
  next(): Promise<string>;
  leave(): Promise<void>;
}

function watch(person: Person, { id, slug } = w, signal = new AbortController().signal): Watcher | null {
  const stream = liveStream({ personId: person.id, slug, workspaceId: id, signal });
  if (stream === null) return null;
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  const watcher: Watcher = {
    async next() {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return "end";
        const topic = /^data: \{"topic":"(.+)"\}\n\n$/.exec(decoder.decode(value))?.[1];
        if (topic !== undefined) return topic;
      }
    },
    leave: () => reader.cancel(),
  };
  open.push(watcher);
  return watcher;
}

function watching(...asked: Parameters<typeof watch>): Watcher {
  const watcher = watch(...asked);
  if (watcher === null) throw new Error("no stream was given");
  return watcher;
}

const rename = (workspace: Workspace) =>
  asPerson(
    db,
    workspace.owner,
    (sql) => sql`select app.change_workspace(${workspace.id}, 'Renamed', false, 'test')`,
  );

/** Waits until the process listens: the first to watch makes the connection. */
async function listening(): Promise<number> {
  for (;;) {
    const [row] = await db.owner<{ pid: number }[]>`
      select pid from pg_stat_activity where datname = current_database() and application_name = 'gantry-live' and query ilike 'listen%'`;
    if (row !== undefined) return row.pid;
    await pause(20);
  }
}

/** What a watcher hears up to a topic, that one included. */
async function until(watcher: Watcher, topic: string): Promise<string[]> {
  const heard: string[] = [];
  while (heard.at(-1) !== topic) heard.push(await watcher.next());
  return heard;
}

const announce = (workspace: Workspace, topic: string) =>
  db.owner.notify("gantry", JSON.stringify({ workspace_id: workspace.id, topic }));

test("FEED-01 membership that ended unannounced ends the stream within two minutes, and any stream ends after half an hour", async () => {
  const viewer = await join(db, w, "viewer");
  // Connections are made by timers of the driver's: before these stand still.
  await memberWorkspaceId(viewer.id, w.slug);
  await watching(w.owner).leave();
  await listening();
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "setTimeout", "clearTimeout"] });
  const stays = watching(w.owner);
  const goes = watching(viewer);
  try {
    await db.owner`delete from app.members where workspace_id = ${w.id} and user_id = ${viewer.id}`;
    vi.advanceTimersByTime(120_000);
    await until(goes, "end");
    vi.advanceTimersByTime(27 * 60_000);
    const stayed = stays.next();
    expect(await Promise.race([stayed, Promise.resolve("open")])).toBe("open");
    vi.advanceTimersByTime(60_000);
    expect(await stayed).toBe("end");
  } finally {
    vi.useRealTimers();
  }
});

test("FEED-02 when the connection that listens is cut, it listens again and tells everybody to look again", async () => {
  const watcher = watching(w.owner);
  const before = await listening();
  await db.owner`select pg_terminate_backend(${before})`;
  await until(watcher, "reconnected");
  expect(await listening()).not.toBe(before);
  await rename(w);
  await until(watcher, "workspace");
});

test("FEED-03 what isn't an announcement is passed over, and the connection kept", async () => {
  const watcher = watching(w.owner);
  const before = await listening();
  for (const payload of ["", "no JSON", "null", '{"workspace_id": 7}'])
    await db.owner.notify("gantry", payload);
  await announce(w, "last");
  expect(await until(watcher, "last")).not.toContain("reconnected");
  expect(await listening()).toBe(before);
});

test("FEED-04 a browser that reads nothing is let go after five hundred announcements", async () => {
  const watcher = watching(w.owner);
  await listening();
  for (let sent = 0; sent < 600; sent++) await announce(w, `t${sent}`);
  const reads = watching(w.owner);
  await announce(w, "last");
  await until(reads, "last");
  const heard = await until(watcher, "end");
  expect(heard.length).toBeGreaterThan(490);
  expect(heard.length).toBeLessThan(520);
});
