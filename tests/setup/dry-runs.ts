import type { CapRow } from "#lib/launch/ask-caps.ts";
import type { TestDatabase } from "./database.ts";
import { asPerson, checkMany, type PartialCheck, type TestKey, type Workspace } from "./people.ts";

/** Draws numbers from 0 below n, the same for the same seed (mulberry32). */
export function drawing(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % n;
  };
}

type AskedCheck = PartialCheck & { idempotencyKey: string };

/** One thing that happens, with the milliseconds since the one before. */
export type Step = { after: number } & (
  | { kind: "check"; checks: AskedCheck[] }
  | { kind: "settle"; key: string; action: "commit" | "release" }
  | { kind: "expire" }
  | { kind: "act"; statement: string }
);

const ACTS = [
  "select launch.pause_country($1, 'PL', 'Too much at once')",
  "select launch.resume_country($1, 'PL')",
  "select app.set_flag($1, 'launch.countryCaps', false, 'A trial')",
  "select app.set_flag($1, 'launch.countryCaps', true, 'It is over')",
  "select app.set_flag($1, 'launch.enabled', false, 'A trial')",
  "select app.set_flag($1, 'launch.enabled', true, 'It is over')",
  "select launch.override_throttle($1, 2, launch.now() + interval '40 minutes', 'A drill')",
  "select launch.override_throttle($1, null, null, 'It is over')",
  "select launch.correct_counter($1, 'PL', 'user', 2, 'Counted by hand')",
  "select launch.change_caps($1, 'PL', p_creator_units => 3, p_reason => 'Fewer')",
  "select launch.change_caps($1, 'PL', p_creator_units => 9, p_reason => 'More')",
  "select launch.block($1, 'account', 'subject-3', launch.now() + interval '2 hours', 'A farm')",
];

function drawCheck(draw: (n: number) => number, key: string): AskedCheck {
  const operation = (["user", "user", "payment", "creator"] as const)[draw(4)] ?? "user";
  return {
    idempotencyKey: key,
    operation,
    units: 1 + draw(3),
    subject: `subject-${draw(9)}`,
    ...(operation === "payment" && { amount: { minor: 100 * (1 + draw(40)), currency: "EUR" } }),
    ...(draw(3) === 0 && { hold_seconds: 600 + draw(3000) }),
  };
}

/** Traffic of about three days: checks in batches, some asked again, settlements, lease ends, and changes of all kinds. */
export function drawSteps(seed: number, count: number): Step[] {
  const draw = drawing(seed);
  const keys: string[] = [];
  const asked = new Map<string, AskedCheck>();
  return Array.from({ length: count }, (_, place): Step => {
    const after = 1000 + draw((2 * 3 * 86_400_000) / count);
    const which = draw(20);
    if (which === 0) return { after, kind: "act", statement: ACTS[draw(ACTS.length)] ?? "" };
    if (which === 1) return { after, kind: "expire" };
    if (which <= 5 && keys.length > 0) {
      const key = keys[Math.max(0, keys.length - 1 - draw(8))] ?? "";
      return { after, kind: "settle", key, action: draw(2) === 0 ? "commit" : "release" };
    }
    const checks = Array.from({ length: 1 + draw(4) }, (_, index) => {
      const again = keys[keys.length - 1];
      const old = again === undefined || draw(8) > 0 ? undefined : asked.get(again);
      const check = old ?? drawCheck(draw, `key-${place}-${index}`);
      if (old === undefined) keys.push(check.idempotencyKey);
      asked.set(check.idempotencyKey, check);
      return check;
    });
    return { after, kind: "check", checks };
  });
}

/** A workspace with traffic to come: its key, and the instant at which it begins. */
type Opened = { workspace: Workspace; key: TestKey; from: number };

/** What a run of steps answered, by idempotency key. */
export type Answers = Map<string, CapRow>;

/** The clock alone, at an instant: partitions around it exist. */
export async function setInstant(db: TestDatabase, at: number): Promise<void> {
  await db.owner`update test.clock set at = ${new Date(at).toISOString()}::timestamptz`;
}

/** A change that may be illegal where the country stands by then: it is left out in every run alike. */
async function act(db: TestDatabase, workspace: Workspace, statement: string): Promise<void> {
  await asPerson(db, workspace.owner, (sql) => sql.unsafe(statement, [workspace.id])).catch(
    (error: unknown) => {
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      if (!code.startsWith("GT")) throw error;
    },
  );
}

/**
 * Sends steps to a workspace from an instant on. `recorded`, the answers of another run of the same steps: what that one refused is asked without
 * a lease, and what it refused or did not settle is not settled, because a recording knows of no such lease.
 */
export async function sendSteps(
  db: TestDatabase,
  { workspace, key, from }: Opened,
  steps: readonly Step[],
  recorded?: Answers,
): Promise<{ answers: Answers; until: number }> {
  const answers: Answers = new Map();
  let at = from;
  for (const step of steps) {
    at += step.after;
    await setInstant(db, at);
    if (step.kind === "act") await act(db, workspace, step.statement);
    else if (step.kind === "expire") await db.service`select launch.expire_reservations()`;
    else if (step.kind === "settle") {
      const answer = answers.get(step.key);
      if (answer?.hold_expires_at == null) continue;
      await db.service`select launch.settle_reservations(array[${key.hash}]::bytea[], array[1], ${[answer.id]}::uuid[], ${[step.action]}::text[])`;
    } else {
      const rows = await checkMany(
        db,
        key,
        step.checks.map(({ hold_seconds, ...check }) => ({
          ...check,
          ...(hold_seconds !== undefined &&
            recorded?.get(check.idempotencyKey)?.allowed !== false && { hold_seconds }),
        })),
      );
      step.checks.forEach(({ idempotencyKey }, place) => {
        const row = rows[place];
        if (row !== undefined && !row.replayed) answers.set(idempotencyKey, row);
      });
    }
  }
  return { answers, until: at };
}

/** A day of a gate as a dry run found it. */
export type ReplayedDay = {
  country: string;
  operation: string;
  day: string;
  checks: number;
  differences: number;
  adjusted: number;
  gained: number;
  lost: number;
  sooner: number;
  was_alerts: number;
  would_alerts: number;
  was_reached_at: string | null;
  would_reach_at: string | null;
  was: number[];
  would: number[];
};

type Ran = { status: string; results: ReplayedDay[]; facts: Record<string, unknown>; problem: string | null };

/** Asks for a dry run and steps it to its end. */
export async function dryRun(
  db: TestDatabase,
  workspace: Workspace,
  proposal: object,
  days: number,
): Promise<Ran> {
  const id = await asPerson(db, workspace.owner, async (sql) => {
    const [made] = await sql<{ id: string }[]>`
      select launch.create_dry_run(${workspace.id}, ${sql.json(JSON.parse(JSON.stringify(proposal)))}, ${days}) as id`;
    return made?.id ?? "";
  });
  for (;;) {
    await asPerson(db, workspace.owner, (sql) => sql`select launch.step_dry_run(${workspace.id}, ${id})`);
    const [run] = await db.owner<
      Ran[]
    >`select status, results, facts, problem from launch.dry_runs where id = ${id}`;
    if (run === undefined) throw new Error("no such dry run");
    if (run.status !== "running" && run.status !== "queued") return run;
  }
}
