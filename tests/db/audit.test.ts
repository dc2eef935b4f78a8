import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, join, newWorkspace, type Person, type Workspace } from "#tests/setup/people.ts";

let db: TestDatabase;
let w: Workspace;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  w = await newWorkspace(db);
  await asPerson(
    db,
    w.owner,
    (sql) => sql`select launch.list_countries(${w.id}, ${["PL", "CZ", "SK", "HR", "RO"]})`,
  );
});

async function verify(person: Person = w.owner) {
  const [verdict] = await asPerson(
    db,
    person,
    (sql) => sql<{ checked: number; first_bad: number | null; problem: string | null }[]>`
      select checked::int, first_bad::int, problem from app.verify_audit(${w.id})`,
  );
  return verdict;
}

/** What somebody with the superuser's password could do: no trigger of ours fires. */
async function tamper(statement: string): Promise<void> {
  await db.owner.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await sql.unsafe(statement.replaceAll("$workspace", `'${w.id}'::uuid`));
  });
}

const REHASH =
  "update app.audit_entries a set hash = private.audit_hash(a) where a.workspace_id = $workspace";

describe("the verifier", () => {
  test("AUD-01 a trail nobody touched verifies to its last entry", async () => {
    expect(await verify()).toEqual({ checked: 6, first_bad: null, problem: null });
  });

  test.each([
    [
      "an altered detail",
      "update app.audit_entries set details = '{\"forged\": true}' where workspace_id = $workspace and sequence = 3",
      3,
      "altered",
    ],
    [
      "an altered time",
      "update app.audit_entries set at = at + interval '1 microsecond' where workspace_id = $workspace and sequence = 2",
      2,
      "altered",
    ],
    [
      "an altered actor",
      "update app.audit_entries set actor_label = 'somebody' where workspace_id = $workspace and sequence = 6",
      6,
      "altered",
    ],
    [
      "an altered previous hash",
      "update app.audit_entries set previous_hash = sha256('x') where workspace_id = $workspace and sequence = 4",
      4,
      "altered",
    ],
    [
      "an entry rewritten with a fresh hash",
      `update app.audit_entries set reason = 'forged' where workspace_id = $workspace and sequence = 3; ${REHASH} and sequence = 3`,
      3,
      "altered",
    ],
    [
      "a last entry rewritten with a fresh hash",
      `update app.audit_entries set reason = 'forged' where workspace_id = $workspace and sequence = 6; ${REHASH} and sequence = 6`,
      6,
      "altered",
    ],
    [
      "a removed entry",
      "delete from app.audit_entries where workspace_id = $workspace and sequence = 3",
      3,
      "removed",
    ],
    [
      "a removed first entry",
      "delete from app.audit_entries where workspace_id = $workspace and sequence = 1",
      1,
      "removed",
    ],
    [
      "a removed entry whose followers were renumbered",
      `delete from app.audit_entries where workspace_id = $workspace and sequence = 3;
       update app.audit_entries set sequence = sequence + 100 where workspace_id = $workspace and sequence > 3;
       update app.audit_entries set sequence = sequence - 101 where workspace_id = $workspace and sequence > 100;
       update app.audit_heads set sequence = 5 where workspace_id = $workspace`,
      3,
      "removed",
    ],
    [
      "two entries that changed places",
      `update app.audit_entries set sequence = -3 where workspace_id = $workspace and sequence = 3;
       update app.audit_entries set sequence = 3 where workspace_id = $workspace and sequence = 4;
       update app.audit_entries set sequence = 4 where workspace_id = $workspace and sequence = -3`,
      3,
      "reordered",
    ],
    [
      "a missing tail",
      "delete from app.audit_entries where workspace_id = $workspace and sequence > 4",
      5,
      "truncated",
    ],
    ["a trail emptied", "delete from app.audit_entries where workspace_id = $workspace", 1, "truncated"],
    [
      "a head set back",
      "update app.audit_heads set sequence = 4 where workspace_id = $workspace",
      5,
      "added",
    ],
  ])("AUD-02 %s is named at its place", async (_what, statement, firstBad, problem) => {
    await tamper(statement);
    expect(await verify()).toMatchObject({ first_bad: firstBad, problem });
  });

  test("AUD-03 only holders of audit.read may verify, and nobody else's trail", async () => {
    const safety = await join(db, w, "safety");
    await expect(verify(safety)).rejects.toMatchObject({ code: "GTROL" });
    const stranger = (await newWorkspace(db)).owner;
    await expect(verify(stranger)).rejects.toMatchObject({ code: "GTNIL" });
    expect(await verify(await join(db, w, "admin"))).toMatchObject({ problem: null });
  });

  test("AUD-04 entries written while the verifier runs are no fault", async () => {
    const writers = Array.from({ length: 20 }, (_, index) =>
      asPerson(
        db,
        w.owner,
        (sql) => sql`select app.set_flag(${w.id}, 'launch.fraudShield', ${index % 2 === 0}, 'load')`,
      ),
    );
    const verdicts = await Promise.all(Array.from({ length: 20 }, () => verify()));
    await Promise.all(writers);
    expect(new Set(verdicts.map((verdict) => verdict?.problem))).toEqual(new Set([null]));
    expect(await verify()).toMatchObject({ problem: null });
  });
});

describe("the trail", () => {
  test("AUD-05 nobody can update, delete or truncate it, the superuser's own statements included", async () => {
    for (const statement of [
      "update app.audit_entries set reason = 'x'",
      "delete from app.audit_entries",
      "truncate app.audit_entries cascade",
      `delete from app.workspaces where id = '${w.id}'`,
    ]) {
      const code = statement.includes("workspaces") ? expect.stringMatching(/^(GTIMM|2350[13])$/) : "GTIMM";
      await expect(db.owner.unsafe(statement), statement).rejects.toMatchObject({ code });
    }
  });

  test("AUD-06 an entry names who acted: a person, an API key, or the engine", async () => {
    await db.owner`select private.write_audit(${w.id}, 'engine.tested', 'engine', 'x', 'info', null, '{}')`;
    const kinds = await db.owner`
      select action, actor_kind, actor_label from app.audit_entries where workspace_id = ${w.id} and sequence in (1, 7) order by sequence`;
    expect(kinds).toEqual([
      { action: "workspace.created", actor_kind: "person", actor_label: w.owner.email },
      { action: "engine.tested", actor_kind: "engine", actor_label: "Gantry" },
    ]);
  });

  test("AUD-07 a change that fails leaves no entry, and numbers have no gaps under concurrent changes", async () => {
    const flags = [
      "launch.fraudShield",
      "launch.prCoordinator",
      "launch.autoThrottle",
      "launch.regionAnalytics",
    ];
    await Promise.all(
      flags.map((flag) =>
        asPerson(db, w.owner, (sql) => sql`select app.set_flag(${w.id}, ${flag}, false, 'off')`),
      ),
    );
    await expect(
      asPerson(db, w.owner, async (sql) => {
        await sql`select app.set_flag(${w.id}, 'launch.enabled', false, 'off')`;
        throw new Error("changed my mind");
      }),
    ).rejects.toThrow("changed my mind");
    const [trail] = await db.owner`
      select count(*)::int as entries, max(sequence)::int as last from app.audit_entries where workspace_id = ${w.id}`;
    expect(trail).toEqual({ entries: 10, last: 10 });
    expect(await verify()).toMatchObject({ checked: 10, problem: null });
  });
});
