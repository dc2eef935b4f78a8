import { createHash, randomUUID } from "node:crypto";
import fc from "fast-check";
import { v7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { askCaps } from "#lib/launch/ask-caps.ts";
import type { Operation } from "#lib/launch/vocabulary.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import {
  asPerson,
  newKey,
  newWorkspace,
  openCountry,
  settle,
  type TestKey,
  type Workspace,
} from "#tests/setup/people.ts";
import { type Day, type Heard, Model, type Question } from "./model.ts";
import { SECONDS, type Step, type StepOf, step } from "./model-steps.ts";

/** GANTRY_MODEL_RUNS for a long run. */
const RUNS = Number(process.env.GANTRY_MODEL_RUNS ?? 60);
const START = Date.parse("2026-11-20T12:00:00Z");

let db: TestDatabase;

beforeAll(async () => {
  db = await testDatabase();
  await db.owner`insert into test.clock values (to_timestamp(${START / 1000}))`;
  await db.owner`select launch.maintain_partitions()`;
});
afterAll(() => db.close());

/** One workspace played twice: in the database and in the model. */
interface Play {
  model: Model;
  workspace: Workspace;
  keys: TestKey[];
  receipts: string[];
}

async function begin(): Promise<Play> {
  const model = new Model(START);
  await setTime(START);
  const workspace = await newWorkspace(db);
  const keys = [await newKey(db, workspace), await newKey(db, workspace)];
  const caps = { user: 8, payment: 6, creator: 3 };
  await openCountry(db, workspace, "PL", {
    phase: "public",
    ...caps,
    amount: { minor: 700, currency: "EUR" },
  });
  await openCountry(db, workspace, "CZ", { phase: "public", ...caps });
  await asPerson(db, workspace.owner, (sql) => sql`select launch.list_countries(${workspace.id}, '{SK}')`);
  model.countries.set("PL", { phase: "public", version: 2, caps: { ...caps }, amountCap: 700 });
  model.countries.set("CZ", { phase: "public", version: 2, caps: { ...caps }, amountCap: null });
  model.countries.set("SK", {
    phase: "not_launched",
    version: 1,
    caps: { user: 0, payment: 0, creator: 0 },
    amountCap: null,
  });
  return { model, workspace, keys, receipts: [randomUUID()] };
}

async function setTime(now: number): Promise<void> {
  await db.owner`update test.clock set at = to_timestamp(${now / 1000}::numeric)`;
}

const millis = (time: Date | null) => time?.getTime() ?? null;

async function playChecks(play: Play, { questions, second }: StepOf<"check">): Promise<void> {
  const all = questions.map(
    (question): Question => ({ key: randomUUID(), ...question, id: v7({ msecs: play.model.now }) }),
  );
  const hash = play.keys[second ? 1 : 0]?.hash ?? Buffer.alloc(0);
  const rows = await askCaps(
    db.service,
    all.map(({ key, id, ...check }) => ({
      keyHash: hash,
      id,
      idempotencyKey: key,
      fingerprint: createHash("md5")
        .update(
          JSON.stringify([check.country, check.operation, check.units, check.amount, check.hold_seconds]),
        )
        .digest("hex"),
      check: check as Parameters<typeof askCaps>[1][number]["check"],
    })),
  );
  const heard = rows.map((row): Heard => {
    if (row.problem !== null) return { problem: row.problem };
    const times = {
      decided_at: row.decided_at.getTime(),
      resets_at: millis(row.resets_at),
      retry_at: millis(row.retry_at),
    };
    return { ...row, problem: null, ...times, hold_expires_at: millis(row.hold_expires_at) };
  });
  const expected = all.map((question) => play.model.check(question));
  expect(heard).toEqual(expected);
  play.receipts.push(...expected.flatMap((answer) => (answer.problem === null ? [answer.id] : [])));
}

async function playSettlement(
  { model, keys, receipts }: Play,
  { nth, action }: StepOf<"settle">,
): Promise<void> {
  const place = receipts.length - 1 - (nth % receipts.length);
  const id = receipts[place] ?? "";
  const row = await settle(db, keys[0] ?? { key: "", hash: Buffer.alloc(0), id: "" }, id, action);
  expect({ problem: row.problem, state: row.state }).toEqual(model.settle(id, action, place > 0));
}

async function playMove({ model, workspace }: Play, { country: code }: StepOf<"move">): Promise<void> {
  const state = model.countries.get(code);
  if (state === undefined) return;
  const isOpen = state.phase === "public";
  await asPerson(db, workspace.owner, (sql) =>
    isOpen
      ? sql`select launch.pause_country(${workspace.id}, ${code}, 'test')`
      : sql`select launch.resume_country(${workspace.id}, ${code})`,
  );
  state.phase = isOpen ? "pause" : "public";
  state.version += 1;
}

async function playCaps({ model, workspace }: Play, change: StepOf<"caps">): Promise<void> {
  const state = model.countries.get(change.country);
  if (state === undefined) return;
  const units = (wanted: Operation) => (change.operation === wanted ? change.units : null);
  await asPerson(
    db,
    workspace.owner,
    (sql) => sql`
      select launch.change_caps(${workspace.id}, ${change.country}, ${units("user")}::int, ${units("payment")}::int, ${units("creator")}::int,
        ${change.amount ?? -1}::bigint, ${change.amount === null ? null : "EUR"}::text)`,
  );
  state.caps[change.operation] = change.units;
  state.amountCap = change.amount;
  state.version += 1;
}

async function playCorrection({ model, workspace }: Play, correction: StepOf<"correct">): Promise<void> {
  const { country: code, operation: what, change } = correction;
  const outcome = await asPerson(
    db,
    workspace.owner,
    (sql) =>
      sql`select * from launch.correct_counter(${workspace.id}, ${code}, ${what}, ${change}::int, 'test')`,
  ).then(
    () => null,
    (error: { code: string }) => error.code,
  );
  expect(outcome).toBe(model.correct(code, what, change) ? null : "GTTRN");
}

async function playSetting(
  { model, workspace }: Play,
  change: StepOf<"throttle" | "flag" | "unlisted">,
): Promise<void> {
  if (change.type === "throttle") {
    await db.owner`insert into launch.throttles (workspace_id, level) values (${workspace.id}, ${change.level})
      on conflict (workspace_id) do update set level = excluded.level`;
    model.level = change.level;
  } else if (change.type === "flag") {
    await asPerson(
      db,
      workspace.owner,
      (sql) => sql`select app.set_flag(${workspace.id}, ${change.flag}, ${change.on}, 'test')`,
    );
    if (change.flag === "launch.enabled") model.enabled = change.on;
    else model.enforced = change.on;
  } else {
    await asPerson(
      db,
      workspace.owner,
      (sql) => sql`select app.change_workspace(${workspace.id}, 'Test', ${change.allowed}, 'test')`,
    );
    model.allowsUnlisted = change.allowed;
  }
}

async function play(stage: Play, next: Step): Promise<void> {
  switch (next.type) {
    case "check":
      return playChecks(stage, next);
    case "settle":
      return playSettlement(stage, next);
    case "move":
      return playMove(stage, next);
    case "caps":
      return playCaps(stage, next);
    case "correct":
      return playCorrection(stage, next);
    case "wait":
      stage.model.now += SECONDS[next.how] * 1000;
      return setTime(stage.model.now);
    case "expire": {
      // Other plays' leases may be due as well: a play looks at its own books only.
      await db.service`select launch.expire_reservations()`;
      return void stage.model.expire();
    }
    case "close days":
      return void (await db.owner`select launch.close_days()`);
    case "throttle":
    case "flag":
    case "unlisted":
      return playSetting(stage, next);
  }
}

type DayRow = Day & { place: string; granted: number; returned: number; holding: number };

/** Every day of every counter as the database has it, with what its ledger adds up to. */
async function readDays(workspaceId: string): Promise<DayRow[]> {
  return db.owner<DayRow[]>`
    select format('%s %s %s', d.country, d.operation, d.day_on - date '1970-01-01') as place,
      d.used, d.held, d.corrected, d.amount_used::int as amount,
      (select coalesce(sum(r.units), 0)::int from launch.receipts r where r.workspace_id = ${workspaceId} and r.country = d.country
        and r.operation = d.operation and r.day_on = d.day_on and r.allowed) as granted,
      coalesce(v.returned, 0)::int as returned, coalesce(v.holding, 0)::int as holding
    from (
      select country, operation, day_on, used, held, corrected, amount_used from launch.counters where workspace_id = ${workspaceId}
      union all
      select country, operation, day_on, used, held, corrected, amount_used from launch.counter_days where workspace_id = ${workspaceId}) d
    cross join lateral (
      select sum(r.units) filter (where r.state in ('released', 'expired')) as returned, sum(r.units) filter (where r.state = 'held') as holding
      from launch.reservations r where r.workspace_id = ${workspaceId} and r.country = d.country and r.operation = d.operation
        and r.day_on = d.day_on) v`;
}

async function compareBooks({ model, workspace }: Play): Promise<void> {
  const rows = await readDays(workspace.id);
  for (const { used, held, corrected, granted, returned, holding } of rows) {
    expect({ used, held }).toEqual({ used: granted - returned + corrected, held: holding });
  }
  const isTouched = ({ used, held, corrected, amount }: Day) =>
    used !== 0 || held !== 0 || corrected !== 0 || amount !== 0;
  const pick = ({ used, held, corrected, amount }: Day): Day => ({ used, held, corrected, amount });
  const kept = new Map(rows.filter(isTouched).map((row) => [row.place, pick(row)]));
  const expected = new Map(
    [...model.days].filter(([, day]) => isTouched(day)).map(([place, day]) => [place, pick(day)]),
  );
  expect(kept).toEqual(expected);
}

test(`RACE-14 random operations give the answers and counters of a sequential model, and the ledger equals the counter after each (${RUNS} runs)`, {
  timeout: 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      const stage = await begin();
      for (const next of steps) {
        await play(stage, next);
        await compareBooks(stage);
      }
    }),
    { numRuns: RUNS },
  );
});
