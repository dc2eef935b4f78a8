import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import {
  asPerson,
  join,
  newWorkspace,
  openCountry,
  type Person,
  type Workspace,
} from "#tests/setup/people.ts";
import { snapshot } from "#tests/setup/snapshots.ts";

const OPENED = "2026-06-01T12:00:00.000Z";
const at = (hours: number) => new Date(Date.parse(OPENED) + hours * 3_600_000).toISOString();
const WEEK = 7 * 24;

let db: TestDatabase;
let workspace: Workspace;
let other: Workspace;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await setClock(db, OPENED);
  workspace = await sequenced();
  other = await sequenced();
});

/** A workspace with PL soft and CZ listed, both in its sequence. */
async function sequenced(): Promise<Workspace> {
  const made = await newWorkspace(db);
  await openCountry(db, made, "PL");
  await act("launch.add_sequence_countries($W, array['PL', 'CZ'])", made.owner, made);
  return made;
}
const act = (statement: string, person: Person = workspace.owner, { id }: Workspace = workspace) =>
  asPerson(db, person, (sql) => sql.unsafe(`select ${statement.replaceAll("$W", `'${id}'`)}`));
const step = (mode: string, rest = "'soft', false", country = "PL") =>
  act(`launch.set_sequence_step($W, '${country}', '${mode}', ${rest})`);
const moveClock = (hours: number) => db.owner`update test.clock set at = ${at(hours)}`;

/** Snapshots of a healthy day before `hours`, and a gate judged by them. The clock ends there. */
async function ready(hours: number, { id } = workspace): Promise<void> {
  await setClock(db, at(hours));
  for (let ago = 23; ago >= 0; ago -= 1) {
    await moveClock(hours - ago);
    await snapshot(db, workspace);
  }
  await db.service`select launch.evaluate_gates(${id})`;
}
async function run(): Promise<{ moved: string[]; proposed: string[] }> {
  const [row] = await db.service<{ report: { moved: string[]; proposed: string[] } }[]>`
    select launch.progress_sequence(${workspace.id}) as report`;
  if (row === undefined) throw new Error("no report");
  return { moved: row.report.moved, proposed: row.report.proposed };
}
async function waits(country = "PL"): Promise<string[]> {
  const [row] = await db.owner<{ move: { waits: { code: string }[] } }[]>`
    select private.next_move(${workspace.id}, ${country}, launch.now()) as move`;
  return (row?.move.waits ?? []).map(({ code }) => code);
}
const proposal = async () =>
  (
    await db.owner<{ id: string; state: string }[]>`
      select id, state from launch.proposals where workspace_id = ${workspace.id} order by id desc limit 1`
  )[0] ?? { id: "", state: "" };
const propose = () => act("launch.propose_move($W, 'PL', 'we are ready')");
const approve = async (person: Person, where = workspace) => {
  const { id } = await proposal();
  return act(`state from launch.answer_proposal($W, '${id}', true)`, person, where);
};
const freeze = (from: number, until: number, where = workspace) =>
  act(
    `id from launch.freeze_sequence($W, null, '${at(from)}', '${at(until)}', 'holiday')`,
    where.owner,
    where,
  );

describe("what a country waits for", () => {
  test("SEQ-50 a gate that passed before the country came to its phase anew says nothing", async () => {
    await ready(WEEK);
    expect(await waits()).toEqual([]);
    await act("launch.pause_country($W, 'PL', 'drill')");
    await moveClock(WEEK + 1);
    await act("launch.resume_country($W, 'PL')");
    expect(await waits()).toEqual(["gate_stale"]);
  });

  test("SEQ-51 a level of risk counts for three hours, and that of another workspace's country never", async () => {
    await act("launch.set_sequence_dependency($W, 'CZ', 'PL', 'soft', 0, 'medium')");
    const low = ({ id }: Workspace) => db.owner`
      insert into launch.risk_scores (workspace_id, country, at, score, level, tripped, factors, kpis, scorecard_version)
      values (${id}, 'PL', launch.now(), 0, 'low', false, '[]', '{}', 1)`;
    await low(other);
    expect(await waits("CZ")).toEqual(["risk"]);
    await low(workspace);
    expect(await waits("CZ")).toEqual([]);
    await moveClock(2.99);
    expect(await waits("CZ")).toEqual([]);
    await moveClock(3);
    expect(await waits("CZ")).toEqual(["risk"]);
  });

  test("SEQ-52 a freeze holds from its beginning on and in its workspace alone", async () => {
    await ready(WEEK);
    await freeze(WEEK - 1, WEEK + 5, other);
    await freeze(WEEK + 1, WEEK + 5);
    expect(await waits()).toEqual([]);
    await moveClock(WEEK + 1);
    expect(await waits()).toEqual(["frozen"]);
  });

  test("SEQ-53 a checklist is ticked for one country, and another's ticks complete nothing", async () => {
    await step("manual", "'soft', true");
    await ready(WEEK);
    const items = await db.owner<{ id: string }[]>`
      select id from launch.checklist_items where workspace_id = ${workspace.id}`;
    const tick = async (country: string) => {
      for (const { id } of items) await act(`launch.tick_checklist($W, '${country}', '${id}', true)`);
    };
    await tick("CZ");
    expect(await waits()).toEqual(["checklist"]);
    await tick("PL");
    expect(await waits()).toEqual([]);
  });

  test("SEQ-54 a change window has its first minute and not its last", async () => {
    await step("automatic", "'soft', false, '{1,2,3,4,5,6,7}', '13:00', '14:00'");
    // Noon in UTC is two o'clock in Warsaw in summer.
    await ready(WEEK);
    expect(await run()).toEqual({ moved: [], proposed: [] });
    await ready(WEEK + 23);
    expect(await run()).toEqual({ moved: ["PL"], proposed: [] });
  });
});

describe("proposals", () => {
  test("SEQ-55 one that was refused isn't made again before seven days are over", async () => {
    await step("propose");
    await ready(WEEK);
    expect((await run()).proposed).toEqual(["PL"]);
    await act(`launch.answer_proposal($W, '${(await proposal()).id}', false, 'not before the holiday')`);
    await ready(2 * WEEK - 1);
    expect((await run()).proposed).toEqual([]);
    await ready(2 * WEEK);
    expect((await run()).proposed).toEqual(["PL"]);
  });

  test("SEQ-56 one that has run out, or whose country waits for something again, is not approved", async () => {
    await ready(WEEK);
    await propose();
    const admin = await join(db, workspace, "admin");
    await freeze(WEEK, WEEK + 1);
    await expect(approve(admin)).rejects.toMatchObject({ code: "GTTRN" });
    await db.owner`update launch.proposals set expires_at = ${at(WEEK + 1)} where workspace_id = ${workspace.id}`;
    await moveClock(WEEK + 1);
    expect(await waits()).toEqual([]);
    await expect(approve(admin)).rejects.toMatchObject({ code: "GTTRN" });
    await db.owner`update launch.proposals set expires_at = ${at(WEEK + 1.1)} where workspace_id = ${workspace.id}`;
    expect(await approve(admin)).toEqual([{ state: "moved" }]);
  });

  test("SEQ-57 another workspace's proposal is not there, also where the same country is in its sequence", async () => {
    await ready(WEEK);
    await propose();
    await expect(approve(other.owner, other)).rejects.toMatchObject({ code: "GTNIL" });
    expect((await proposal()).state).toBe("open");
  });

  test("SEQ-58 a country that moves by itself waits for a proposal that is open, and moves by it once it is approved and its window opens", async () => {
    await step("automatic", "'soft', false, '{1,2,3,4,5,6,7}', '15:00', '16:00'");
    await ready(WEEK);
    await propose();
    await ready(WEEK + 1);
    expect(await run()).toEqual({ moved: [], proposed: [] });
    await moveClock(WEEK + 0.5);
    expect(await approve(await join(db, workspace, "admin"))).toEqual([{ state: "approved" }]);
    expect(await run()).toEqual({ moved: [], proposed: [] });
    await moveClock(WEEK + 1);
    expect(await run()).toEqual({ moved: ["PL"], proposed: [] });
    expect((await proposal()).state).toBe("moved");
  });
});

test("SEQ-59 a freeze ends within a year", async () => {
  const year = 366 * 24;
  await expect(freeze(0, year + 0.01)).rejects.toMatchObject({ code: "GTINV" });
  await expect(freeze(2, 1)).rejects.toMatchObject({ code: "GTINV" });
  await expect(freeze(-3, -1)).rejects.toMatchObject({ code: "GTINV" });
  await freeze(0, year);
});
