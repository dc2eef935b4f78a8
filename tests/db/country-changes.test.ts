import type { TransactionSql } from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { countriesOf } from "#tests/setup/country-moves.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import {
  asPerson,
  check,
  join,
  newKey,
  newWorkspace,
  openCountry,
  type Workspace,
} from "#tests/setup/people.ts";

let db: TestDatabase;
let w: Workspace;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  w = await newWorkspace(db);
});

const { act, list, country, bring } = countriesOf(() => ({ db, w }));

describe("changes", () => {
  const CHANGES = {
    activate: (version: number) =>
      act(
        (sql) => sql`select launch.activate_country(${w.id}, 'PL', 'soft', p_expected_version => ${version})`,
      ),
    advance: (version: number) =>
      act(
        (sql) =>
          sql`select launch.advance_country(${w.id}, 'PL', 'public', p_expected_version => ${version})`,
      ),
    "change caps": (version: number) =>
      act((sql) => sql`select launch.change_caps(${w.id}, 'PL', 5, p_expected_version => ${version})`),
    "change zone": (version: number) =>
      act(
        (sql) => sql`select launch.change_time_zone(${w.id}, 'PL', 'UTC', p_expected_version => ${version})`,
      ),
    resume: (version: number) =>
      act((sql) => sql`select launch.resume_country(${w.id}, 'PL', p_expected_version => ${version})`),
  };

  test.each(Object.keys(CHANGES) as (keyof typeof CHANGES)[])(
    "CTY-11 of two operators who %s from one version, the second is told and nothing is lost",
    async (verb) => {
      await bring(verb === "activate" ? "not_launched" : verb === "resume" ? "pause" : "soft");
      const version = (await country())?.policy_version;
      const outcomes = await Promise.allSettled([CHANGES[verb](version), CHANGES[verb](version)]);
      const [lost, ...more] = outcomes.filter((outcome) => outcome.status === "rejected");
      expect(more).toEqual([]);
      expect(lost?.reason).toMatchObject({ code: "GTVER" });
      expect(JSON.parse(lost?.reason.detail)).toEqual({ country: "PL", policy_version: version + 1 });
      expect(await country()).toMatchObject({ policy_version: version + 1 });
    },
  );

  test("CTY-12 every change makes a policy version with its actor, reason and caps, and an audit entry", async () => {
    await list(["PL"]);
    await act((sql) => sql`select launch.activate_country(${w.id}, 'PL', 'alpha', p_reason => 'go')`);
    await act((sql) => sql`select launch.change_caps(${w.id}, 'PL', p_user_units => 7, p_reason => 'fewer')`);
    await act((sql) => sql`select launch.change_time_zone(${w.id}, 'PL', 'UTC', 'one clock')`);
    await act((sql) => sql`select launch.pause_country(${w.id}, 'PL', 'storm')`);
    await act((sql) => sql`select launch.resume_country(${w.id}, 'PL')`);
    await act((sql) => sql`select launch.advance_country(${w.id}, 'PL', 'soft')`);
    const history = await db.owner`
      select version, action, phase, time_zone, user_units, reason, changed_by from launch.policy_versions
      where workspace_id = ${w.id} order by version`;
    const by = { changed_by: w.owner.email };
    expect(history).toEqual([
      {
        version: 1,
        action: "country.listed",
        phase: "not_launched",
        time_zone: "Europe/Warsaw",
        user_units: 0,
        reason: null,
        ...by,
      },
      {
        version: 2,
        action: "country.activated",
        phase: "alpha",
        time_zone: "Europe/Warsaw",
        user_units: 100,
        reason: "go",
        ...by,
      },
      {
        version: 3,
        action: "country.caps_changed",
        phase: "alpha",
        time_zone: "Europe/Warsaw",
        user_units: 7,
        reason: "fewer",
        ...by,
      },
      {
        version: 4,
        action: "country.time_zone_changed",
        phase: "alpha",
        time_zone: "UTC",
        user_units: 7,
        reason: "one clock",
        ...by,
      },
      {
        version: 5,
        action: "country.paused",
        phase: "pause",
        time_zone: "UTC",
        user_units: 7,
        reason: "storm",
        ...by,
      },
      {
        version: 6,
        action: "country.resumed",
        phase: "alpha",
        time_zone: "UTC",
        user_units: 7,
        reason: null,
        ...by,
      },
      {
        version: 7,
        action: "country.advanced",
        phase: "soft",
        time_zone: "UTC",
        user_units: 1000,
        reason: null,
        ...by,
      },
    ]);
    const audited = await db.owner`
      select action from app.audit_entries where workspace_id = ${w.id} and resource_type = 'country' order by sequence`;
    expect(audited.map((entry) => entry.action)).toEqual(history.map((version) => version.action));
  });

  test("CTY-12 the receipt of a check names the policy version that decided it", async () => {
    const key = await newKey(db, w);
    await openCountry(db, w, "PL");
    const versions = [(await check(db, key)).policy_version];
    await act((sql) => sql`select launch.pause_country(${w.id}, 'PL', 'storm')`);
    versions.push((await check(db, key)).policy_version);
    expect(versions).toEqual([2, 3]);
  });

  test.each([
    ["owner", null],
    ["admin", null],
    ["marketing", "GTROL"],
    ["safety", "GTROL"],
    ["viewer", "GTROL"],
  ] as const)(
    "CTY-13 a member with role %s changes countries or is told that they may not (%s)",
    async (role, code) => {
      await bring("soft");
      const member = await join(db, w, role);
      for (const statement of [
        `launch.list_countries('${w.id}', '{CZ}')`,
        `launch.unlist_country('${w.id}', 'CZ')`,
        `launch.change_caps('${w.id}', 'PL', 1)`,
        `launch.change_time_zone('${w.id}', 'PL', 'UTC')`,
        `launch.advance_country('${w.id}', 'PL', 'public')`,
      ]) {
        const attempt = asPerson(db, member, (sql) => sql.unsafe(`select ${statement}`));
        if (code === null) await attempt;
        else await expect(attempt, statement).rejects.toMatchObject({ code });
      }
    },
  );

  test("CTY-13 safety may pause and not resume; marketing may neither", async () => {
    await bring("soft");
    const [safety, marketing] = [await join(db, w, "safety"), await join(db, w, "marketing")];
    const pause = (sql: TransactionSql) => sql`select launch.pause_country(${w.id}, 'PL', 'attack')`;
    await expect(asPerson(db, marketing, pause)).rejects.toMatchObject({ code: "GTROL" });
    await asPerson(db, safety, pause);
    await expect(
      asPerson(db, safety, (sql) => sql`select launch.resume_country(${w.id}, 'PL')`),
    ).rejects.toMatchObject({ code: "GTROL" });
  });

  test("CTY-14 the owner of another workspace hears that it does not exist", async () => {
    await bring("soft");
    const stranger = (await newWorkspace(db)).owner;
    await expect(
      asPerson(db, stranger, (sql) => sql`select launch.pause_country(${w.id}, 'PL', 'x')`),
    ).rejects.toMatchObject({ code: "GTNIL" });
  });
});
