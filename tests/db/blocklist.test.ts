import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, join, newWorkspace, type Person, type Workspace } from "#tests/setup/people.ts";

const NOON = "2026-06-01T12:00:00.000Z";
const HOUR = 3_600_000;
const later = (ms: number) => new Date(Date.parse(NOON) + ms).toISOString();

let db: TestDatabase;
let workspace: Workspace;
let safety: Person;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await setClock(db, NOON);
  workspace = await newWorkspace(db);
  safety = await join(db, workspace, "safety");
});

async function block(kind: string, value: string, until: string | null = later(HOUR), reason = "a farm") {
  const [row] = await asPerson(
    db,
    safety,
    (sql) =>
      sql`select * from launch.block(${workspace.id}, ${kind}, ${value}, ${until}::text::timestamptz, ${reason})`,
  );
  return row;
}

const lift = (id: string) =>
  asPerson(db, safety, (sql) => sql`select * from launch.lift_block(${workspace.id}, ${id}, 'a mistake')`);

/** The probes that a cap check makes of the list. */
async function isBlocked(probe: { device?: string; account?: string; ip?: string }, id = workspace.id) {
  const [row] = await db.owner<{ blocked: boolean }[]>`
    select exists (select from launch.blocks b where b.workspace_id = ${id} and b.kind = 'device' and b.value = ${probe.device ?? null}
        and b.lifted_at is null and b.until > launch.now())
      or exists (select from launch.blocks b where b.workspace_id = ${id} and b.kind = 'account' and b.value = ${probe.account ?? null}
        and b.lifted_at is null and b.until > launch.now())
      or exists (select from launch.blocks b where b.workspace_id = ${id} and b.range >>= private.plain_ip(${probe.ip ?? null}::inet)
        and b.lifted_at is null and b.until > launch.now()) as blocked`;
  return row?.blocked;
}

const audits = async (action: string) =>
  db.owner`select actor_label, severity, reason, details from app.audit_entries
    where workspace_id = ${workspace.id} and action = ${action} order by sequence`;

describe("a block", () => {
  test("BLK-01 holds until its end and ends by itself", async () => {
    await block("device", " dev-1 ", later(HOUR));
    expect(await isBlocked({ device: "dev-1" })).toBe(true);
    expect(await isBlocked({ account: "dev-1" })).toBe(false);
    await setClock(db, later(HOUR - 1));
    expect(await isBlocked({ device: "dev-1" })).toBe(true);
    await setClock(db, later(HOUR));
    expect(await isBlocked({ device: "dev-1" })).toBe(false);
  });

  test("BLK-01 cannot be made without an end, with one that has passed, or with one more than a year away", async () => {
    for (const until of [null, NOON, later(-1), later(367 * 24 * HOUR), "infinity"])
      await expect(block("device", "dev-1", until)).rejects.toMatchObject({ code: "GTINV" });
    await expect(block("device", "dev-1", later(366 * 24 * HOUR))).resolves.toBeDefined();
  });

  test("BLK-02 of an IP range holds for every address in it, however it is written, and for none outside", async () => {
    expect(await block("ip_range", "203.0.113.77/24")).toMatchObject({ value: "203.0.113.0/24" });
    expect(await block("ip_range", "198.51.100.7")).toMatchObject({ value: "198.51.100.7/32" });
    expect(await block("ip_range", "2001:DB8:0:1::/64")).toMatchObject({ value: "2001:db8:0:1::/64" });
    const held = ["203.0.113.0", "203.0.113.255", "::ffff:203.0.113.9", "198.51.100.7", "2001:db8:0:1::ffff"];
    const free = ["203.0.112.255", "203.0.114.0", "198.51.100.8", "2001:db8:0:2::"];
    for (const ip of held) expect(await isBlocked({ ip }), ip).toBe(true);
    for (const ip of free) expect(await isBlocked({ ip }), ip).toBe(false);
  });

  test("BLK-03 is never wider than /8 or /32, whatever it is written as", async () => {
    const wide = ["0.0.0.0/0", "::/0", "10.0.0.0/7", "2001:db8::/31", "::ffff:0.0.0.0/96", "::ffff:0:0/100"];
    for (const value of wide)
      await expect(block("ip_range", value), value).rejects.toMatchObject({
        code: "GTINV",
        message: expect.stringContaining("not wider"),
      });
    for (const value of ["10.0.0.0/8", "2001:db8::/32", "::ffff:10.0.0.0/104"])
      await expect(block("ip_range", value), value).resolves.toBeDefined();
    for (const value of ["", "  ", "dev-1", "203.0.113.0/33", "256.1.1.1"])
      await expect(block("ip_range", value), value).rejects.toMatchObject({ code: "GTINV" });
    await expect(block("email", "a@b.c")).rejects.toMatchObject({ code: "GTINV" });
    await expect(block("device", "x".repeat(201))).rejects.toMatchObject({ code: "GTINV" });
    await expect(block("device", "dev-1", later(HOUR), " ")).rejects.toMatchObject({ code: "GTRSN" });
  });

  test("BLK-04 stands once per value: a person replaces its end, the engine and imports only lengthen it", async () => {
    const first = await block("device", "dev-1", later(5 * HOUR));
    expect(await block("device", "dev-1", later(HOUR), "shorter")).toMatchObject({ id: first?.id });
    await db.owner`select private.apply_block_event(${workspace.id}, 'device', 'dev-1', ${later(HOUR / 2)}, null, true)`;
    await setClock(db, later(HOUR - 1));
    expect(await isBlocked({ device: "dev-1" })).toBe(true);
    await setClock(db, later(HOUR));
    expect(await isBlocked({ device: "dev-1" })).toBe(false);
    const again = await block("device", "dev-1", later(2 * HOUR));
    expect(again?.id).not.toBe(first?.id);
    const rows =
      await db.owner`select lifted_at from launch.blocks where workspace_id = ${workspace.id} order by id`;
    expect(rows).toEqual([{ lifted_at: new Date(later(HOUR)) }, { lifted_at: null }]);
  });

  test("BLK-05 is lifted at once, and a lift is taken back, until its end and while nobody blocked the value anew", async () => {
    const made = await block("account", "acc-1", later(2 * HOUR));
    await lift(made?.id);
    expect(await isBlocked({ account: "acc-1" })).toBe(false);
    await expect(lift(made?.id)).rejects.toMatchObject({ code: "GTTRN" });
    const restore = () =>
      asPerson(db, safety, (sql) => sql`select launch.restore_block(${workspace.id}, ${made?.id})`);
    await restore();
    expect(await isBlocked({ account: "acc-1" })).toBe(true);
    await expect(restore()).rejects.toMatchObject({ code: "GTTRN" });
    await lift(made?.id);
    const anew = await block("account", "acc-1");
    await expect(restore()).rejects.toMatchObject({ code: "GTDUP" });
    await lift(anew?.id);
    await setClock(db, later(2 * HOUR));
    await expect(restore()).rejects.toMatchObject({ code: "GTTRN" });
    await expect(lift(randomUUID())).rejects.toMatchObject({ code: "GTNIL" });
  });

  test("BLK-06 is of its workspace alone, and only who may manage threats makes, lifts or imports one", async () => {
    const other = await newWorkspace(db);
    const made = await block("device", "dev-1");
    expect(await isBlocked({ device: "dev-1" }, other.id)).toBe(false);
    for (const [person, code] of [
      [await join(db, workspace, "marketing"), "GTROL"],
      [await join(db, workspace, "viewer"), "GTROL"],
      [other.owner, "GTNIL"],
    ] as const) {
      await expect(
        asPerson(
          db,
          person,
          (sql) => sql`select launch.block(${workspace.id}, 'device', 'dev-2', ${later(HOUR)}, 'x')`,
        ),
      ).rejects.toMatchObject({ code });
      await expect(
        asPerson(db, person, (sql) => sql`select launch.lift_block(${workspace.id}, ${made?.id})`),
      ).rejects.toMatchObject({ code });
      await expect(
        asPerson(db, person, (sql) => sql`select launch.restore_block(${workspace.id}, ${made?.id})`),
      ).rejects.toMatchObject({ code });
      await expect(
        asPerson(
          db,
          person,
          (sql) =>
            sql`select launch.import_blocks(${workspace.id}, '{device}', '{d}', '{null}', '{null}', 'x')`,
        ),
      ).rejects.toMatchObject({ code });
    }
  });

  test("BLK-07 every change of the list is audited with who, what and why", async () => {
    const made = await block("device", "dev-1");
    await lift(made?.id);
    await asPerson(db, safety, (sql) => sql`select launch.restore_block(${workspace.id}, ${made?.id})`);
    await db.owner`select private.apply_block_event(${workspace.id}, 'device', 'dev-2', null, 'chargebacks', true)`;
    expect(await audits("block.added")).toMatchObject([
      {
        actor_label: safety.email,
        severity: "high",
        reason: "a farm",
        details: { kind: "device", value: "dev-1", source: "person" },
      },
      { actor_label: "Gantry", reason: "chargebacks", details: { value: "dev-2", source: "event" } },
    ]);
    expect(await audits("block.lifted")).toMatchObject([{ actor_label: safety.email, reason: "a mistake" }]);
    expect(await audits("block.restored")).toHaveLength(1);
  });
});

describe("what an outside system says", () => {
  const apply = async (kind: string, value: string, until: string | null, added: boolean) => {
    const [row] = await db.owner`
      select private.apply_block_event(${workspace.id}, ${kind}, ${value}, ${until}, null, ${added}) as problem`;
    return row?.problem;
  };
  const until = async () =>
    (await db.owner`select until from launch.blocks where workspace_id = ${workspace.id}`)[0]?.until;

  test("BLK-08 blocks for 30 days when no end is said and at most a year, and says what it did not do", async () => {
    expect(await apply("account", "acc-1", null, true)).toBeNull();
    expect(await until()).toEqual(new Date(later(30 * 24 * HOUR)));
    expect(await apply("account", "acc-1", later(1000 * 24 * HOUR), true)).toBeNull();
    expect(await until()).toEqual(new Date(later(366 * 24 * HOUR)));
    expect(await apply("ip_range", "0.0.0.0/0", null, true)).toContain("not wider");
    expect(await apply("account", "acc-2", later(-1), true)).toBe("The end has passed.");
    expect(await apply("account", "acc-1", null, false)).toBeNull();
    expect(await isBlocked({ account: "acc-1" })).toBe(false);
    expect(await apply("account", "acc-1", null, false)).toBe("This value is not blocked.");
  });
});

describe("an import", () => {
  type Row = [kind: string, value: string, until: string | null, reason: string | null];
  const importRows = (rows: Row[], preview = false) =>
    asPerson(
      db,
      safety,
      (
        sql,
      ) => sql`select place, value, outcome, problem from launch.import_blocks(${workspace.id}, ${rows.map((row) => row[0])}::text[],
        ${rows.map((row) => row[1])}::text[], ${rows.map((row) => row[2])}::text[], ${rows.map((row) => row[3])}::text[], 'a shared list',
        ${preview}) order by place`,
    );
  const ROWS: Row[] = [
    ["device", "dev-1", later(HOUR), "bot"],
    ["ip_range", "203.0.113.0/24", null, null],
    ["ip_range", "0.0.0.0/0", null, null],
    ["account", "acc-1", "not a time", null],
    ["account", "acc-1", later(-HOUR), null],
    ["account", "acc-1", later(400 * 24 * HOUR), null],
    ["device", "dev-1", null, null],
    ["email", "a@b.c", null, null],
    [" account ", " acc-2 ", "", ""],
  ];
  const REPORT = [
    { place: 1, value: "dev-1", outcome: "extended", problem: null },
    { place: 2, value: "203.0.113.0/24", outcome: "added", problem: null },
    { place: 3, outcome: "refused", problem: expect.stringContaining("not wider") },
    { place: 4, outcome: "refused", problem: "The end is not a time." },
    { place: 5, outcome: "refused", problem: "The end has passed." },
    { place: 6, outcome: "refused", problem: "The end is more than a year away." },
    { place: 7, outcome: "refused", problem: "The same value stands above." },
    { place: 8, outcome: "refused", problem: expect.stringContaining("ip_range") },
    { place: 9, value: "acc-2", outcome: "added", problem: null },
  ];

  test("BLK-09 takes what holds, reports on each row, and its preview says the same and keeps nothing", async () => {
    await block("device", "dev-1", later(2 * HOUR));
    expect(await importRows(ROWS, true)).toMatchObject(REPORT);
    expect(await isBlocked({ account: "acc-2" })).toBe(false);
    expect(await audits("blocklist.imported")).toEqual([]);
    expect(await importRows(ROWS)).toMatchObject(REPORT);
    const kept = await db.owner`
      select value, reason, source, until from launch.blocks where workspace_id = ${workspace.id} order by value`;
    const month = new Date(later(30 * 24 * HOUR));
    expect(kept).toEqual([
      { value: "203.0.113.0/24", reason: "a shared list", source: "import", until: month },
      { value: "acc-2", reason: "a shared list", source: "import", until: month },
      { value: "dev-1", reason: "bot", source: "import", until: new Date(later(2 * HOUR)) },
    ]);
    expect(await audits("blocklist.imported")).toMatchObject([
      { reason: "a shared list", details: { added: 2, extended: 1, refused: 6 } },
    ]);
  });

  test("BLK-09 has 10,000 rows at most, and takes that many", async () => {
    const many: Row[] = Array.from({ length: 10_001 }, (_, n) => ["device", `dev-${n}`, null, null]);
    await expect(importRows(many)).rejects.toMatchObject({ code: "GTINV" });
    await expect(importRows([])).rejects.toMatchObject({ code: "GTINV" });
    const report = await importRows(many.slice(0, 10_000));
    expect(report.filter((row) => row.outcome === "added")).toHaveLength(10_000);
    expect(await isBlocked({ device: "dev-9999" })).toBe(true);
  });
});

test("BLK-10 the probes of a cap check are index probes, in a list of 10,000 values and 10,000 ranges", async () => {
  await db.owner`
    insert into launch.blocks (workspace_id, kind, value, range, reason, source, until)
    select ${workspace.id}::uuid, 'ip_range', r.range::text, r.range, 'x', 'import', launch.now() + interval '1 day'
    from (select set_masklen(inet '10.0.0.0' + n * 256, 24)::cidr as range from generate_series(1, 10000) n) r
    union all select ${workspace.id}::uuid, 'device', 'dev-' || n, null, 'x', 'import', launch.now() + interval '1 day' from generate_series(1, 10000) n`;
  await db.owner`analyze launch.blocks`;
  const plan = async (what: string, condition: string) => {
    const lines = await db.owner.unsafe(
      `explain (costs off) select ${what} from launch.blocks b where b.workspace_id = '${workspace.id}' and ${condition}
        and b.lifted_at is null`,
    );
    return lines.map((line) => line["QUERY PLAN"]).join("\n");
  };
  const value = "b.kind = 'device' and b.value = 'dev-77'";
  expect(await plan("b.until", value)).toContain("blocks_one_unlifted_per_value");
  expect(await plan("b.until", "b.range >>= inet '10.0.77.9'")).toContain("blocks_range_idx");
  expect(await plan("max(b.until)", "true")).toContain("blocks_until_idx");
  expect(await isBlocked({ ip: "10.0.77.9" })).toBe(true);
});
