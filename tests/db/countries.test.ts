import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { OPEN_PHASES, PHASES, type Phase } from "#lib/launch/vocabulary.ts";
import { countriesOf } from "#tests/setup/country-moves.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newWorkspace, openCountry, type Workspace } from "#tests/setup/people.ts";

let db: TestDatabase;
let w: Workspace;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  w = await newWorkspace(db);
});

const { act, list, country, capsOf, bring } = countriesOf(() => ({ db, w }));

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
  PHASES.flatMap((from) =>
    PHASES.map((to) => ({ verb, from, to, legal: LEGAL.has(`${verb} ${from} ${to}`) })),
  ),
);

describe("phases", () => {
  test.each(MATRIX.filter((move) => move.legal))(
    "CTY-01 $verb moves a country from $from to $to",
    async ({ verb, from, to }) => {
      await bring(from);
      const before = await country();
      await MOVES[verb](to, "because");
      expect(await country()).toMatchObject({
        phase: to,
        phase_before_pause: null,
        pause_reason: null,
        policy_version: before?.policy_version + 1,
      });
    },
  );

  test.each(MATRIX.filter((move) => !move.legal))(
    "CTY-02 $verb from $from to $to is a conflict and changes nothing",
    async ({ verb, from, to }) => {
      await bring(from);
      const before = [await country(), await capsOf()];
      await expect(MOVES[verb](to, "because")).rejects.toMatchObject({ code: "GTTRN" });
      expect([await country(), await capsOf()]).toEqual(before);
    },
  );

  test.each(OPEN_PHASES)(
    "CTY-03 a pause from %s remembers it, and resuming without a phase returns there",
    async (phase) => {
      await bring("pause", phase);
      expect(await country()).toMatchObject({
        phase: "pause",
        phase_before_pause: phase,
        pause_reason: "drill",
      });
      await act((sql) => sql`select launch.resume_country(${w.id}, 'PL')`);
      expect(await country()).toMatchObject({ phase, phase_before_pause: null, pause_reason: null });
    },
  );

  test("CTY-03 a country never resumes into a higher phase than it had", async () => {
    await bring("pause", "alpha");
    await expect(MOVES.resume("soft", "because")).rejects.toMatchObject({ code: "GTTRN" });
    await MOVES.resume("alpha", null);
  });

  test("CTY-04 pausing needs a reason, a launched country, and is harmless when repeated", async () => {
    await bring("not_launched");
    const pause = (reason: string | null) =>
      act((sql) => sql`select launch.pause_country(${w.id}, 'PL', ${reason})`);
    await expect(pause("why")).rejects.toMatchObject({ code: "GTTRN" });
    await MOVES.activate("soft", null);
    for (const reason of [null, "", "   "])
      await expect(pause(reason)).rejects.toMatchObject({ code: "GTRSN" });
    await pause("first");
    const before = await country();
    await pause("second");
    expect(await country()).toEqual(before);
  });

  test("CTY-05 skipping a phase needs a reason, the next one does not", async () => {
    await bring("alpha");
    for (const reason of [null, " "])
      await expect(MOVES.advance("public", reason)).rejects.toMatchObject({ code: "GTRSN" });
    await MOVES.advance("soft", null);
    expect(await country()).toMatchObject({ phase: "soft" });
  });
});

describe("the list", () => {
  test.each(["XX", "T1", "EL", "UK", "pl", "", "POL"])(
    "CTY-15 '%s' is no country and nothing of its list is kept",
    async (code) => {
      await expect(list(["CZ", code])).rejects.toMatchObject({ code: "GTINV" });
      expect(await country("CZ")).toBeUndefined();
    },
  );

  test("CTY-16 listing takes the country's main zone, and listing again changes nothing", async () => {
    expect(await list(["GR", "PL", "GR"])).toEqual([{ listed: 2 }]);
    expect(await country("GR")).toMatchObject({
      phase: "not_launched",
      time_zone: "Europe/Athens",
      policy_version: 1,
    });
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
      await expect(
        act((sql) => sql.unsafe(`select ${statement}`, [w.id])),
        statement,
      ).rejects.toMatchObject({ code: "GTNIL" });
    }
  });
});
