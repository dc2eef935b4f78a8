import { afterAll, beforeAll, expect, test } from "vitest";
import { liveStream } from "#lib/live-stream.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, join, newWorkspace, type Person, type Workspace } from "#tests/setup/people.ts";
import { type DeafRelay, startDeafRelay } from "./deaf-relay.ts";

let db: TestDatabase;
let relay: DeafRelay;
let w: Workspace;

beforeAll(async () => {
  db = await testDatabase();
  relay = await startDeafRelay(db.serviceUrl);
  relay.isDeaf = false;
  process.env.DATABASE_URL = relay.url;
  process.env.GANTRY_LOG_LEVEL = "silent";
  w = await newWorkspace(db);
});
afterAll(async () => {
  await relay.close();
  await db.close();
});

interface Watching {
  /** The next thing that is told, but for signs of life. Rejects when the stream has ended. */
  next(): Promise<string>;
  /** Resolves when the stream has ended by itself. */
  ended(): Promise<void>;
  leave(): void;
}

function watch(person: Person): Watching | null {
  const left = new AbortController();
  const stream = liveStream({ personId: person.id, slug: w.slug, workspaceId: w.id, signal: left.signal });
  if (stream === null) return null;
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  return {
    async next() {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) throw new Error("the stream has ended");
        const text = decoder.decode(value);
        if (!text.startsWith(":")) return text.trim();
      }
    },
    async ended() {
      while (!(await reader.read()).done);
    },
    leave: () => left.abort(),
  };
}

/** A page that is open, after it was told its pace. */
async function opened(person: Person, pace = "live"): Promise<Watching> {
  const page = watch(person);
  if (page === null) throw new Error("the stream was refused");
  expect(await page.next()).toBe(`event: pace\ndata: ${pace}`);
  return page;
}

function rename(of: Workspace): Promise<unknown> {
  const { id, owner } = of;
  return asPerson(db, owner, (sql) => sql`select app.change_workspace(${id}, 'Renamed', false, 'test')`);
}

function remove(member: Person): Promise<unknown> {
  return asPerson(db, w.owner, (sql) => sql`select app.remove_member(${w.id}, ${member.id})`);
}

test("LIVE-01 a change of the workspace reaches an open page, one of another workspace does not", async () => {
  const page = await opened(w.owner);
  // The connection that listens is made with the first page; what it tells then says that it does.
  expect(await page.next()).toContain("reconnected");
  await rename(await newWorkspace(db));
  await remove(await join(db, w, "viewer"));
  expect(await page.next()).toBe('data: {"topic":"member"}');
  page.leave();
});

test("LIVE-02 where announcements don't arrive a page is told to poll, and when they do again it stops", {
  timeout: 30_000,
}, async () => {
  const page = await opened(w.owner);
  relay.isDeaf = true;
  relay.drop();
  expect(await page.next()).toContain("reconnected");
  expect(await page.next()).toBe("event: pace\ndata: polling");
  const second = await opened(w.owner, "polling");
  relay.isDeaf = false;
  relay.drop();
  expect(await second.next()).toContain("reconnected");
  expect(await second.next()).toBe("event: pace\ndata: live");
  page.leave();
  second.leave();
});

test("LIVE-03 a person has twenty streams at most, and leaving one makes room for another", async () => {
  const open = await Promise.all(Array.from({ length: 20 }, () => opened(w.owner)));
  expect(watch(w.owner)).toBeNull();
  const guest = await opened(await join(db, w, "viewer"));
  guest.leave();
  open.pop()?.leave();
  const again = await opened(w.owner);
  for (const page of [...open, again]) page.leave();
});

test("LIVE-04 the stream of somebody who is removed ends at once, others' go on", async () => {
  const member = await join(db, w, "viewer");
  const [theirs, mine] = [await opened(member), await opened(w.owner)];
  await remove(member);
  await theirs.ended();
  expect(await mine.next()).toBe('data: {"topic":"member"}');
  await rename(w);
  expect(await mine.next()).toBe('data: {"topic":"workspace"}');
  mine.leave();
});
