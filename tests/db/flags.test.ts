import { afterAll, beforeAll, expect, test } from "vitest";
import { ENVIRONMENTS, ROLES } from "#lib/workspace/vocabulary.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, join, newWorkspace, type Person, type Workspace } from "#tests/setup/people.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

const read = (w: Workspace, by: Person = w.owner) =>
  asPerson(db, by, (sql) => sql`select key, enabled, version from app.read_flags(${w.id})`);
const set = (w: Workspace, on: boolean, version: number | null = null, by: Person = w.owner) =>
  asPerson(
    db,
    by,
    (sql) => sql`select app.set_flag(${w.id}, 'launch.countryCaps', ${on}, 'why', ${version})`,
  );
const caps = async (w: Workspace) => (await read(w)).find((flag) => flag.key === "launch.countryCaps");

test.each(ENVIRONMENTS)(
  "FLG-01 in %s every flag is on, but launch.enabled is off in development",
  async (environment) => {
    const flags = await read(await newWorkspace(db, { environment }));
    expect(Object.fromEntries(flags.map((flag) => [flag.key, flag.enabled]))).toEqual({
      "launch.autoRegionPause": true,
      "launch.autoThrottle": true,
      "launch.countryCaps": true,
      "launch.enabled": environment !== "development",
      "launch.fraudShield": true,
      "launch.marketSequencer": true,
      "launch.prCoordinator": true,
      "launch.regionAnalytics": true,
    });
  },
);

test("FLG-02 of two people who switch from one version, the second is told", async () => {
  const w = await newWorkspace(db);
  const outcomes = await Promise.allSettled([set(w, false, 1), set(w, false, 1)]);
  const [lost, ...more] = outcomes.filter((outcome) => outcome.status === "rejected");
  expect(more).toEqual([]);
  expect(lost?.reason).toMatchObject({ code: "GTVER", detail: '{"version": 2}' });
  expect(await caps(w)).toMatchObject({ enabled: false, version: 2 });
});

test("FLG-03 a switch is audited with its reason; setting what is set already changes nothing", async () => {
  const w = await newWorkspace(db);
  await set(w, true);
  expect(await caps(w)).toMatchObject({ version: 1 });
  await set(w, false);
  const entries = await db.owner`
    select resource_id, reason, details from app.audit_entries where workspace_id = ${w.id} and action = 'flag.switched'`;
  expect(entries).toEqual([
    { resource_id: "launch.countryCaps", reason: "why", details: { was: true, enabled: false } },
  ]);
});

test("FLG-04 everybody reads them, owners and admins switch them, and unknown ones are told apart", async () => {
  const w = await newWorkspace(db);
  for (const role of ROLES) {
    const member = await join(db, w, role);
    expect(await read(w, member)).toHaveLength(8);
    const attempt = set(w, role === "owner", null, member);
    if (role === "owner" || role === "admin") await attempt;
    else await expect(attempt).rejects.toMatchObject({ code: "GTROL" });
  }
  await expect(read(w, (await newWorkspace(db)).owner)).rejects.toMatchObject({ code: "GTNIL" });
  await expect(
    asPerson(db, w.owner, (sql) => sql`select app.set_flag(${w.id}, 'launch.unknown', true, 'why')`),
  ).rejects.toMatchObject({ code: "GTNIL" });
});
