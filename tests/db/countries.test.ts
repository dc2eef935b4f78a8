import type { TransactionSql } from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { DEFAULT_USER_UNITS, OPEN_PHASES, PHASES, type Phase } from "#lib/launch/vocabulary.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, check, join, newKey, newWorkspace, openCountry, type Workspace } from "#tests/setup/people.ts";

let db: TestDatabase;
let w: Workspace;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  w = await newWorkspace(db);
});

function act<T>(work: (sql: TransactionSql) => Promise<T>): Promise<T> {
  return asPerson(db, w.owner, work);
}

const list = (codes: string[]) => act((sql) => sql`select launch.list_countries(${w.id}, ${codes}) as listed`);

async function country(code = "PL") {
  const [row] = await db.owner`select * from launch.countries where workspace_id = ${w.id} and code = ${code}`;
  return row;
}

async function capsOf(code = "PL"): Promise<Record<string, number>> {
  const rows = await db.owner`select operation, units from launch.caps where workspace_id = ${w.id} and country = ${code}`;
  return Object.fromEntries(rows.map((row) => [row.operation, row.units]));
}

/** Brings PL into a phase; pause remembers `before`. */
async function bring(phase: Phase, before: "alpha" | "soft" | "public" = "soft"): Promise<void> {
  if (phase === "not_launched") return void (await list(["PL"]));
  await openCountry(db, w, "PL", { phase: phase === "pause" ? before : phase });
  if (phase === "pause") await act((sql) => sql`select launch.pause_country(${w.id}, 'PL', 'drill')`);
}

const MOVES = {
  activate: (to: Phase, reason: string | null) =>
    act((sql) => sql`select launch.activate_country(${w.id}, 'PL', ${to}, p_reason => ${reason})`),
  advance: (to: Phase, reason: string | null) =>
    act((sql) => sql`select launch.advance_country(${w.id}, 'PL', ${to}, ${reason})`),
  resume: (to: Phase, reason: string | null) =>
    act((sql) => sql`select launch.resume_country(${w.id}, 'PL', ${to}, ${reason})`),
};
const VERBS = Object.keys(MOVES) as (keyof typeof MOVES)[];

/** Every legal move with a phase to go to. Everything else is a conflict. */
const LEGAL = new Set([
  "activate not_launched alpha",
  "activate not_launched soft",
  "activate not_launched public",
  "advance alpha soft",
  "advance alpha public",
  "advance soft public",
  "resume pause alpha",
  "resume pause soft",
]);
const MATRIX = VERBS.flatMap((verb) =>
  PHASES.flatMap((from) => PHASES.map((to) => ({ verb, from, to, legal: LEGAL.has(`${verb} ${from} ${to}`) }))),
);

describe("phases", () => {
  test.each(MATRIX.filter((move) => move.legal))("CTY-01 $verb moves a country from $from to $to", async ({ verb, from, to }) => {
    await bring(from);
    const before = await country();
    await MOVES[verb](to, "because");
    expect(await country()).toMatchObject({
      phase: to,
      phase_before_pause: null,
      pause_reason: null,
      policy_version: before?.policy_version + 1,
    });
  });

  test.each(MATRIX.filter((move) => !move.legal))(
    "CTY-02 $verb from $from to $to is a conflict and changes nothing",
    async ({ verb, from, to }) => {
      await bring(from);
      const before = [await country(), await capsOf()];
      await expect(MOVES[verb](to, "because")).rejects.toMatchObject({ code: "GTTRN" });
      expect([await country(), await capsOf()]).toEqual(before);
    },
  );

  test.each(OPEN_PHASES)("CTY-03 a pause from %s remembers it, and resuming without a phase returns there", async (phase) => {
    await bring("pause", phase);
    expect(await country()).toMatchObject({ phase: "pause", phase_before_pause: phase, pause_reason: "drill" });
    await act((sql) => sql`select launch.resume_country(${w.id}, 'PL')`);
    expect(await country()).toMatchObject({ phase, phase_before_pause: null, pause_reason: null });
  });

  test("CTY-03 a country never resumes into a higher phase than it had", async () => {
    await bring("pause", "alpha");
    await expect(MOVES.resume("soft", "because")).rejects.toMatchObject({ code: "GTTRN" });
    await MOVES.resume("alpha", null);
  });

  test("CTY-04 pausing needs a reason, a launched country, and is harmless when repeated", async () => {
    await bring("not_launched");
    const pause = (reason: string | null) => act((sql) => sql`select launch.pause_country(${w.id}, 'PL', ${reason})`);
    await expect(pause("why")).rejects.toMatchObject({ code: "GTTRN" });
    await MOVES.activate("soft", null);
    for (const reason of [null, "", "   "]) await expect(pause(reason)).rejects.toMatchObject({ code: "GTRSN" });
    await pause("first");
    const before = await country();
    await pause("second");
    expect(await country()).toEqual(before);
  });

  test("CTY-05 skipping a phase needs a reason, the next one does not", async () => {
    await bring("alpha");
    for (const reason of [null, " "]) await expect(MOVES.advance("public", reason)).rejects.toMatchObject({ code: "GTRSN" });
    await MOVES.advance("soft", null);
    expect(await country()).toMatchObject({ phase: "soft" });
  });
});

describe("caps", () => {
  test.each(OPEN_PHASES)("CTY-06 activation in %s gives its default caps: payments ten times the users, creators a tenth", async (phase) => {
    await bring(phase);
    const user = { alpha: 100, soft: 1000, public: 10_000 }[phase];
    expect(DEFAULT_USER_UNITS[phase]).toBe(user);
    expect(await capsOf()).toEqual({ user, payment: user * 10, creator: user / 10 });
  });

  test("CTY-06 every number can be set at activation, and users given alone set the other two", async () => {
    await openCountry(db, w, "PL", { user: 55 });
    expect(await capsOf("PL")).toEqual({ user: 55, payment: 550, creator: 5 });
    await openCountry(db, w, "CZ", { user: 55, payment: 7, creator: 0, amount: { minor: 500, currency: "EUR" } });
    expect(await capsOf("CZ")).toEqual({ user: 55, payment: 7, creator: 0 });
    const [amount] = await db.owner`
      select amount_minor::int, amount_currency from launch.caps where workspace_id = ${w.id} and country = 'CZ' and operation = 'payment'`;
    expect(amount).toEqual({ amount_minor: 500, amount_currency: "EUR" });
  });

  test("CTY-07 caps changed while the country runs keep what today has used", async () => {
    const key = await newKey(db, w);
    await openCountry(db, w, "PL", { user: 10 });
    await check(db, key, { units: 8 });
    const change = (units: number) => act((sql) => sql`select launch.change_caps(${w.id}, 'PL', p_user_units => ${units})`);
    await change(5);
    expect(await check(db, key)).toMatchObject({ allowed: false, reason: "cap_reached", cap: 5, remaining: 0 });
    await change(12);
    expect(await check(db, key, { units: 4 })).toMatchObject({ allowed: true, cap: 12, remaining: 0, policy_version: 4 });
    expect(await capsOf()).toEqual({ user: 12, payment: 100, creator: 1 });
  });

  test.each([
    ["negative units", { p_user_units: -1 }],
    ["units beyond counting", { p_user_units: 100_000_001 }],
    ["an amount without a currency", { p_amount_minor: 100 }],
    ["a negative amount", { p_amount_minor: -5, p_amount_currency: "EUR" }],
    ["a currency in lower case", { p_amount_minor: 5, p_amount_currency: "eur" }],
  ])("CTY-08 %s are refused by the database itself", async (_what, given) => {
    await bring("soft");
    const before = [await country(), await capsOf()];
    const parts = Object.keys(given).map((name, index) => `${name} => $${index + 1}`);
    await expect(
      act((sql) => sql.unsafe(`select launch.change_caps('${w.id}', 'PL', ${parts})`, Object.values(given))),
    ).rejects.toMatchObject({ code: "23514" });
    expect([await country(), await capsOf()]).toEqual(before);
  });

  test("CTY-09 an amount cap can be set, kept by later changes, and removed", async () => {
    await bring("soft");
    const amount = async () => {
      const [row] = await db.owner`select amount_minor::int as minor, amount_currency as currency from launch.caps
        where workspace_id = ${w.id} and operation = 'payment'`;
      return row;
    };
    await act((sql) => sql`select launch.change_caps(${w.id}, 'PL', p_amount_minor => 900, p_amount_currency => 'PLN')`);
    expect(await amount()).toEqual({ minor: 900, currency: "PLN" });
    await act((sql) => sql`select launch.change_caps(${w.id}, 'PL', p_user_units => 1)`);
    expect(await amount()).toEqual({ minor: 900, currency: "PLN" });
    await act((sql) => sql`select launch.change_caps(${w.id}, 'PL', p_amount_minor => -1)`);
    expect(await amount()).toEqual({ minor: null, currency: null });
  });

  test("CTY-09 the currency of an amount cap cannot change on a day that has spent some of it", async () => {
    const key = await newKey(db, w);
    await openCountry(db, w, "PL", { amount: { minor: 900, currency: "PLN" } });
    const change = () =>
      act((sql) => sql`select launch.change_caps(${w.id}, 'PL', p_amount_minor => 900, p_amount_currency => 'EUR')`);
    await check(db, key, { operation: "payment", amount: { minor: 1, currency: "PLN" } });
    await expect(change()).rejects.toMatchObject({ code: "GTTRN" });
    await db.owner`update launch.counters set amount_used = 0 where workspace_id = ${w.id}`;
    await change();
  });

  test("CTY-10 advancing raises caps to the new phase's defaults but lowers none", async () => {
    await openCountry(db, w, "PL", { phase: "alpha", user: 5000, payment: 3, creator: 3 });
    await MOVES.advance("soft", null);
    expect(await capsOf()).toEqual({ user: 5000, payment: 10_000, creator: 100 });
    await act((sql) => sql`select launch.advance_country(${w.id}, 'PL', 'public', null, false)`);
    expect(await capsOf()).toEqual({ user: 5000, payment: 10_000, creator: 100 });
  });
});

describe("changes", () => {
  const CHANGES = {
    activate: (version: number) => act((sql) => sql`select launch.activate_country(${w.id}, 'PL', 'soft', p_expected_version => ${version})`),
    advance: (version: number) => act((sql) => sql`select launch.advance_country(${w.id}, 'PL', 'public', p_expected_version => ${version})`),
    "change caps": (version: number) => act((sql) => sql`select launch.change_caps(${w.id}, 'PL', 5, p_expected_version => ${version})`),
    "change zone": (version: number) => act((sql) => sql`select launch.change_time_zone(${w.id}, 'PL', 'UTC', p_expected_version => ${version})`),
    resume: (version: number) => act((sql) => sql`select launch.resume_country(${w.id}, 'PL', p_expected_version => ${version})`),
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
    await MOVES.activate("alpha", "go");
    await act((sql) => sql`select launch.change_caps(${w.id}, 'PL', p_user_units => 7, p_reason => 'fewer')`);
    await act((sql) => sql`select launch.change_time_zone(${w.id}, 'PL', 'UTC', 'one clock')`);
    await act((sql) => sql`select launch.pause_country(${w.id}, 'PL', 'storm')`);
    await MOVES.resume("alpha", null);
    await MOVES.advance("soft", null);
    const history = await db.owner`
      select version, action, phase, time_zone, user_units, reason, changed_by from launch.policy_versions
      where workspace_id = ${w.id} order by version`;
    const by = { changed_by: w.owner.email };
    expect(history).toEqual([
      { version: 1, action: "country.listed", phase: "not_launched", time_zone: "Europe/Warsaw", user_units: 0, reason: null, ...by },
      { version: 2, action: "country.activated", phase: "alpha", time_zone: "Europe/Warsaw", user_units: 100, reason: "go", ...by },
      { version: 3, action: "country.caps_changed", phase: "alpha", time_zone: "Europe/Warsaw", user_units: 7, reason: "fewer", ...by },
      { version: 4, action: "country.time_zone_changed", phase: "alpha", time_zone: "UTC", user_units: 7, reason: "one clock", ...by },
      { version: 5, action: "country.paused", phase: "pause", time_zone: "UTC", user_units: 7, reason: "storm", ...by },
      { version: 6, action: "country.resumed", phase: "alpha", time_zone: "UTC", user_units: 7, reason: null, ...by },
      { version: 7, action: "country.advanced", phase: "soft", time_zone: "UTC", user_units: 1000, reason: null, ...by },
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
  ] as const)("CTY-13 a member with role %s changes countries or is told that they may not (%s)", async (role, code) => {
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
  });

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

describe("the list", () => {
  test.each(["XX", "T1", "EL", "UK", "pl", "", "POL"])("CTY-15 '%s' is no country and nothing of its list is kept", async (code) => {
    await expect(list(["CZ", code])).rejects.toMatchObject({ code: "GTINV" });
    expect(await country("CZ")).toBeUndefined();
  });

  test("CTY-16 listing takes the country's main zone, and listing again changes nothing", async () => {
    expect(await list(["GR", "PL", "GR"])).toEqual([{ listed: 2 }]);
    expect(await country("GR")).toMatchObject({ phase: "not_launched", time_zone: "Europe/Athens", policy_version: 1 });
    await MOVES.activate("soft", null);
    const before = await country();
    expect(await list(["PL", "RO"])).toEqual([{ listed: 1 }]);
    expect(await country()).toEqual(before);
  });

  test("CTY-17 only a country that was never activated leaves the list, and it can return", async () => {
    await bring("pause");
    const unlist = (code: string) => act((sql) => sql`select launch.unlist_country(${w.id}, ${code})`);
    await expect(unlist("PL")).rejects.toMatchObject({ code: "GTTRN" });
    await expect(unlist("CZ")).rejects.toMatchObject({ code: "GTNIL" });
    await list(["CZ"]);
    await unlist("CZ");
    expect(await country("CZ")).toBeUndefined();
    await openCountry(db, w, "CZ", { user: 3 });
    expect(await country("CZ")).toMatchObject({ phase: "soft", policy_version: 2 });
  });

  test("CTY-18 an unlisted country cannot be moved, capped or given a zone", async () => {
    for (const statement of [
      "launch.activate_country($1, 'PL', 'soft')",
      "launch.advance_country($1, 'PL', 'soft')",
      "launch.pause_country($1, 'PL', 'x')",
      "launch.resume_country($1, 'PL')",
      "launch.change_caps($1, 'PL', 1)",
      "launch.change_time_zone($1, 'PL', 'UTC')",
    ]) {
      await expect(act((sql) => sql.unsafe(`select ${statement}`, [w.id])), statement).rejects.toMatchObject({ code: "GTNIL" });
    }
  });
});
