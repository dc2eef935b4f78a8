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
import { type Kpis, snapshot } from "#tests/setup/snapshots.ts";

const OPENED = "2026-06-01T12:00:00.000Z";
const at = (hours: number) => new Date(Date.parse(OPENED) + hours * 3_600_000).toISOString();
const WEEK = 7 * 24;

let db: TestDatabase;
let workspace: Workspace;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await setClock(db, OPENED);
  workspace = await newWorkspace(db);
  await openCountry(db, workspace, "PL");
  await as(
    workspace.owner,
    (sql) => sql`select launch.add_sequence_countries(${workspace.id}, array['PL', 'CZ'])`,
  );
});

const as = <T>(person: Person, work: Parameters<typeof asPerson<T>>[2]) => asPerson(db, person, work);

interface Step {
  country?: string;
  checklist?: boolean;
  days?: number[];
  from?: string;
  to?: string;
}
const step = (mode: string, { country = "PL", checklist = false, days, from, to }: Step = {}) =>
  as(
    workspace.owner,
    (sql) => sql`select launch.set_sequence_step(${workspace.id}, ${country}, ${mode}, 'soft', ${checklist},
      ${days ?? null}::int[], ${from ?? null}::text, ${to ?? null}::text)`,
  );

/** Snapshots of the 24 hours before `hours`, all good unless said otherwise. */
async function healthy(hours: number, kpis: Kpis = {}): Promise<void> {
  for (let ago = 23; ago >= 0; ago -= 1) {
    await db.owner`update test.clock set at = ${at(hours - ago)}`;
    await snapshot(db, workspace, kpis);
  }
}

interface Report {
  outcomes: Record<string, string>;
  moved: string[];
  proposed: string[];
}
async function run(hours: number): Promise<Report> {
  await setClock(db, at(hours));
  const [row] = await db.service<
    { report: Report }[]
  >`select launch.progress_sequence(${workspace.id}) as report`;
  if (row === undefined) throw new Error("no report");
  return row.report;
}

async function phase(country = "PL"): Promise<string> {
  const [row] = await db.owner<{ phase: string }[]>`
    select phase from launch.countries where workspace_id = ${workspace.id} and code = ${country}`;
  return row?.phase ?? "none";
}

async function waits(country = "PL"): Promise<string[]> {
  const rows = await as(
    workspace.owner,
    (sql) => sql<{ country: string; move: { waits: { code: string }[] } }[]>`
      select country, move from launch.read_sequence(${workspace.id})`,
  );
  return rows.find((row) => row.country === country)?.move.waits.map(({ code }) => code) ?? [];
}

const pending = async () => {
  const [row] = await db.owner<{ id: string; state: string; proposed_by: string | null }[]>`
    select id, state, proposed_by from launch.proposals where workspace_id = ${workspace.id} order by id desc limit 1`;
  return row;
};
const answer = async (person: Person, approve = true, reason: string | null = null) => {
  const proposal = await pending();
  return as(
    person,
    (sql) =>
      sql`select state from launch.answer_proposal(${workspace.id}, ${proposal?.id ?? ""}, ${approve}, ${reason})`,
  );
};

describe("what moves a country on", () => {
  test("SEQ-10 automatic: a soft country whose gate passed becomes public, once, with the gate's numbers in the audit", async () => {
    await step("automatic");
    await healthy(WEEK);
    expect(await run(WEEK)).toEqual({ outcomes: { PL: "pass" }, moved: ["PL"], proposed: [] });
    expect(await phase()).toBe("public");
    expect(await run(WEEK + 1)).toEqual({ outcomes: {}, moved: [], proposed: [] });
    const [entry] = await db.owner`
      select actor_label, details from app.audit_entries where workspace_id = ${workspace.id} and action = 'country.advanced'`;
    expect(entry).toMatchObject({ details: { from: "soft", by_sequence: true, gate: { outcome: "pass" } } });
  });

  test("SEQ-11 a gate that fails, is inconclusive or stale moves nothing, in any mode", async () => {
    await step("automatic");
    await healthy(WEEK, { safety_incidents: 21 });
    expect((await run(WEEK)).moved).toEqual([]);
    expect(await waits()).toEqual(["gate_fail"]);
    await healthy(WEEK + 48, { active_users: 10 });
    expect((await run(WEEK + 48)).moved).toEqual([]);
    expect(await phase()).toBe("soft");
    // The data stops: what was judged last is no longer fresh.
    await healthy(WEEK + 96);
    await db.owner`update test.clock set at = ${at(WEEK + 96)}`;
    await db.service`select launch.evaluate_gates(${workspace.id})`;
    await setClock(db, at(WEEK + 99));
    expect(await waits()).toEqual(["gate_stale"]);
    expect((await run(WEEK + 99)).outcomes).toEqual({ PL: "inconclusive" });
    expect(await waits()).toEqual(["gate_inconclusive"]);
    expect(await phase()).toBe("soft");
  });

  test("SEQ-12 manual moves nothing by itself and proposes nothing", async () => {
    await healthy(WEEK);
    expect(await run(WEEK)).toMatchObject({ moved: [], proposed: [] });
    expect(await phase()).toBe("soft");
  });

  test("SEQ-13 propose opens one proposal and one alert; approved, the country moves", async () => {
    await step("propose");
    await healthy(WEEK);
    expect((await run(WEEK)).proposed).toEqual(["PL"]);
    expect((await run(WEEK)).proposed).toEqual([]);
    const alerts =
      await db.owner`select status from launch.alerts where workspace_id = ${workspace.id} and fingerprint = 'proposal:PL'`;
    expect([...alerts]).toEqual([{ status: "open" }]);
    expect(await answer(workspace.owner)).toEqual([{ state: "moved" }]);
    expect(await phase()).toBe("public");
    await expect(answer(workspace.owner)).rejects.toMatchObject({ code: "GTTRN" });
  });

  test("SEQ-14 whoever proposed may not approve, nor may marketing, safety or a viewer; another admin may", async () => {
    await healthy(WEEK);
    await run(WEEK);
    await as(
      workspace.owner,
      (sql) => sql`select launch.propose_move(${workspace.id}, 'PL', 'we are ready')`,
    );
    await expect(answer(workspace.owner)).rejects.toMatchObject({ code: "GTTRN" });
    for (const role of ["marketing", "safety", "viewer"] as const) {
      await expect(answer(await join(db, workspace, role))).rejects.toMatchObject({ code: "GTROL" });
    }
    expect(await phase()).toBe("soft");
    expect(await answer(await join(db, workspace, "admin"))).toEqual([{ state: "moved" }]);
  });

  test("SEQ-15 a proposal runs out, is outdated when its country changed, and one refused isn't made again for a week", async () => {
    await step("propose");
    await healthy(WEEK);
    await run(WEEK);
    await expect(answer(workspace.owner, false)).rejects.toMatchObject({ code: "GTRSN" });
    await answer(workspace.owner, false, "not before the holiday");
    expect((await run(WEEK + 1)).proposed).toEqual([]);
    await healthy(2 * WEEK + 2);
    expect((await run(2 * WEEK + 2)).proposed).toEqual(["PL"]);
    await as(workspace.owner, (sql) => sql`select launch.change_caps(${workspace.id}, 'PL', 5000)`);
    await expect(answer(await join(db, workspace, "admin"))).rejects.toMatchObject({ code: "GTTRN" });
    expect((await run(2 * WEEK + 2)).proposed).toEqual(["PL"]);
    const states =
      await db.owner`select state from launch.proposals where workspace_id = ${workspace.id} order by id`;
    expect(states.map(({ state }) => state)).toEqual(["refused", "outdated", "open"]);
    await setClock(db, at(2 * WEEK + 80));
    await run(2 * WEEK + 80);
    expect((await pending())?.state).toBe("expired");
  });

  test("SEQ-16 a move waits for its change window in local time, on both sides of a clock change", async () => {
    await step("automatic", { days: [1, 2, 3, 4, 5, 6, 7], from: "09:00", to: "10:00" });
    const before = (Date.parse("2026-10-24T06:59:00Z") - Date.parse(OPENED)) / 3_600_000;
    await healthy(before);
    // Warsaw is two hours ahead of UTC until the 25th of October at 01:00 UTC, one from then on.
    expect((await run(before)).moved).toEqual([]);
    const after = (Date.parse("2026-10-25T07:30:00Z") - Date.parse(OPENED)) / 3_600_000;
    await healthy(after);
    expect((await run(after)).moved).toEqual([]);
    await healthy(after + 1);
    expect((await run(after + 1)).moved).toEqual(["PL"]);
  });

  test("SEQ-17 nothing moves while a freeze of the country or of all is in force; it ends by itself or by a person", async () => {
    await step("automatic");
    await healthy(WEEK);
    const freeze = (country: string | null, until: number) =>
      as(
        workspace.owner,
        (sql) =>
          sql<
            { id: string }[]
          >`select id from launch.freeze_sequence(${workspace.id}, ${country}, ${at(WEEK - 1)}, ${at(until)}, 'holiday')`,
      );
    const [all] = await freeze(null, WEEK + 5);
    expect((await run(WEEK)).moved).toEqual([]);
    expect(await waits()).toEqual(["frozen"]);
    await freeze("CZ", WEEK + 5);
    await as(workspace.owner, (sql) => sql`select launch.end_freeze(${workspace.id}, ${all?.id ?? ""})`);
    expect((await run(WEEK)).moved).toEqual(["PL"]);
  });

  test("SEQ-18 a country opens once what it depends on has been so for its days, below its level of risk", async () => {
    await step("automatic", { country: "CZ" });
    expect(await waits("CZ")).toEqual(["no_dependency"]);
    await as(
      workspace.owner,
      (sql) => sql`select launch.set_sequence_dependency(${workspace.id}, 'CZ', 'PL', 'soft', 14, 'medium')`,
    );
    expect((await run(13 * 24)).moved).toEqual([]);
    expect(await waits("CZ")).toEqual(["dependency", "risk"]);
    const risk = (level: string, score: number | null) => db.owner`
      insert into launch.risk_scores (workspace_id, country, at, score, level, tripped, factors, kpis, scorecard_version)
      values (${workspace.id}, 'PL', launch.now(), ${score}, ${level}, false, '[]', '{}', 1)`;
    await setClock(db, at(14 * 24));
    expect(await waits("CZ")).toEqual(["risk"]);
    await risk("insufficient_data", null);
    expect((await run(14 * 24)).moved).toEqual([]);
    await setClock(db, at(14 * 24 + 1));
    await risk("medium", 3);
    expect((await run(14 * 24 + 1)).moved).toEqual([]);
    await setClock(db, at(14 * 24 + 2));
    await risk("low", 1);
    expect((await run(14 * 24 + 2)).moved).toEqual(["CZ"]);
    expect(await phase("CZ")).toBe("soft");
    const caps =
      await db.owner`select units from launch.caps where workspace_id = ${workspace.id} and country = 'CZ' and operation = 'user'`;
    expect([...caps]).toEqual([{ units: 1000 }]);
  });

  test("SEQ-19 a checklist that has to be complete is waited for", async () => {
    await step("automatic", { checklist: true });
    await healthy(WEEK);
    expect((await run(WEEK)).moved).toEqual([]);
    expect(await waits()).toEqual(["checklist"]);
    const items = await db.owner<
      { id: string }[]
    >`select id from launch.checklist_items where workspace_id = ${workspace.id}`;
    for (const { id } of items) {
      await as(
        workspace.owner,
        (sql) => sql`select launch.tick_checklist(${workspace.id}, 'PL', ${id}, true)`,
      );
    }
    expect((await run(WEEK)).moved).toEqual(["PL"]);
  });

  test("SEQ-20 after an outage of days one run moves a country one phase, and no gate is skipped", async () => {
    await step("automatic");
    await step("automatic", { country: "CZ" });
    await as(
      workspace.owner,
      (sql) => sql`select launch.set_sequence_dependency(${workspace.id}, 'CZ', 'PL', 'public', 0, null)`,
    );
    await healthy(60 * 24);
    expect((await run(60 * 24)).moved).toEqual(["PL", "CZ"]);
    expect([await phase("PL"), await phase("CZ")]).toEqual(["public", "soft"]);
    expect((await run(60 * 24 + 1)).moved).toEqual([]);
  });

  test("SEQ-21 a paused country waits for the person who resumes it", async () => {
    await step("automatic");
    await healthy(WEEK);
    await as(workspace.owner, (sql) => sql`select launch.pause_country(${workspace.id}, 'PL', 'drill')`);
    expect((await run(WEEK)).moved).toEqual([]);
    expect(await waits()).toEqual(["paused"]);
  });
});
