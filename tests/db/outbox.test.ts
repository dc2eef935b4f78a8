import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newWorkspace, type Workspace } from "#tests/setup/people.ts";

const NOON = "2026-06-01T10:00:00.000Z";

let db: TestDatabase;
let w: Workspace;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await setClock(db, NOON);
  await db.owner`delete from app.outbox`;
  w = await newWorkspace(db);
});

const later = (seconds: number) => new Date(Date.parse(NOON) + seconds * 1000).toISOString();

async function send(count: number): Promise<void> {
  await db.owner`
    insert into app.outbox (workspace_id, topic, payload)
    select ${w.id}, 'test', jsonb_build_object('n', n) from generate_series(1, ${count}) n`;
}

const claim = async (limit = 50): Promise<string[]> =>
  (await db.service`select id from app.claim_outbox(${limit})`).map((row) => row.id);
const settle = (id: string, error: string | null = null) =>
  db.service`select app.settle_outbox(${id}, ${error})`;

async function only() {
  const [row] = await db.owner`select * from app.outbox`;
  return row;
}

test("OBX-01 deliverers that claim at once never hold the same message, and miss none", async () => {
  await send(200);
  const claims = await Promise.all(Array.from({ length: 8 }, () => claim(30)));
  const ids = claims.flat();
  expect(new Set(ids).size).toBe(ids.length);
  const rest = await claim(500);
  expect(new Set([...ids, ...rest]).size).toBe(200);
});

test("OBX-01 a claim locks nothing that another claim waits for", async () => {
  await send(2);
  await db.owner.begin(async (sql) => {
    const [first] = await sql`select id from app.outbox order by due_at, id limit 1 for update`;
    const claimed = await db.service.begin(async (other) => {
      await other`set local lock_timeout = '2s'`;
      return (await other`select id from app.claim_outbox(50)`).map((row) => row.id);
    });
    expect(claimed).toHaveLength(1);
    expect(claimed).not.toContain(first?.id);
  });
});

test("OBX-02 a message whose deliverer dies is claimed again when its lease ends, and not before", async () => {
  await send(1);
  const [id] = await claim();
  expect(await claim()).toEqual([]);
  await setClock(db, later(59.999));
  expect(await claim()).toEqual([]);
  await setClock(db, later(60));
  expect(await claim()).toEqual([id]);
  expect(await only()).toMatchObject({ attempts: 2 });
});

test("OBX-03 a delivered message is never claimed again, and a late failure does not revive it", async () => {
  await send(1);
  const [id = ""] = await claim();
  await settle(id);
  await settle(id, "late");
  await setClock(db, later(86_400));
  expect(await claim()).toEqual([]);
  expect(await only()).toMatchObject({ delivered_at: new Date(NOON), failed_at: null, last_error: null });
});

test("OBX-04 a failed message is tried again after a doubling pause and given up after ten attempts", async () => {
  await send(1);
  let seconds = 0;
  const pauses: number[] = [];
  for (let attempt = 1; attempt <= 10; attempt++) {
    const [id] = await claim();
    if (id === undefined) throw new Error(`attempt ${attempt} found nothing due`);
    await settle(id, `refused ${attempt}`);
    const row = await only();
    if (attempt === 10) break;
    const due = (row?.due_at.getTime() - Date.parse(NOON)) / 1000;
    await setClock(db, later(due - 0.001));
    expect(await claim()).toEqual([]);
    await setClock(db, later(due));
    pauses.push(due - seconds);
    seconds = due;
  }
  expect(pauses).toEqual([10, 20, 40, 80, 160, 320, 640, 1280, 2560]);
  expect(await only()).toMatchObject({ attempts: 10, failed_at: expect.any(Date), last_error: "refused 10" });
  await setClock(db, later(7 * 86_400));
  expect(await claim()).toEqual([]);
});

test("OBX-05 a message exists exactly when its change was committed", async () => {
  await expect(
    db.owner.begin(async (sql) => {
      await sql`insert into app.outbox (workspace_id, topic, payload) values (${w.id}, 'test', '{}')`;
      throw new Error("rolled back");
    }),
  ).rejects.toThrow("rolled back");
  expect(await claim()).toEqual([]);
});

test("OBX-06 pages hear what became of a message of their workspace, when it was sent and when it failed, once each", async () => {
  const heard: unknown[] = [];
  const { unlisten } = await db.owner.listen("gantry", (text) => heard.push(JSON.parse(text)));
  await send(2);
  const [first = "", second = ""] = await claim();
  await settle(first);
  await settle(first);
  await settle(second, "no route");
  const one = { workspace_id: w.id, topic: "mail", subject: "" };
  await vi.waitFor(() => expect(heard).toEqual([one, one]));
  await unlisten();
});
