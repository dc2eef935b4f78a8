import type { TestDatabase } from "./database.ts";
import type { Workspace } from "./people.ts";

const HOUR_MS = 3_600_000;

/** Numbers from 0 up to 1, the same ones for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A standard normal value (Box–Muller). */
export function normal(draw: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
}

/** How many come in an hour that expects `mean`: a Poisson count, from 30 on by its normal approximation. */
export function poisson(mean: number, draw: () => number): number {
  if (mean >= 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(draw)));
  const stop = Math.exp(-mean);
  let count = 0;
  for (let product = draw(); product > stop; product *= draw()) count += 1;
  return count;
}

/** How much of a usual hour an hour of the local week is: nights near a fifth, evenings near twice, weekends a third more. */
export function weekShape(weekday: number, hour: number): number {
  const day = 1 + 0.8 * Math.sin(((hour - 13) / 24) * 2 * Math.PI);
  return day * (weekday === 0 || weekday === 6 ? 1.35 : 1);
}

/** Makes partitions for every day between two instants and leaves the clock at the second. */
export async function openTime(db: TestDatabase, from: number, to: number): Promise<void> {
  for (let at = from; at < to + 12 * 24 * HOUR_MS; at += 12 * 24 * HOUR_MS) {
    await moveClock(db, Math.min(at, to));
    await db.owner`select launch.maintain_partitions()`;
  }
}

/** Sets the clock, without care for partitions. */
export async function moveClock(db: TestDatabase, at: number): Promise<void> {
  await db.owner`delete from test.clock`;
  await db.owner`insert into test.clock (at) values (${new Date(at).toISOString()}::timestamptz)`;
}

/**
 * Keeps an hour's cap checks of `user`, as the five minutes in its middle: `counts(at)` of the hours from `from` to `to`, a fifth of
 * them refused.
 */
export async function keepDemand(
  db: TestDatabase,
  workspace: Workspace,
  country: string,
  span: { from: number; to: number; counts: (at: number) => number },
): Promise<number[]> {
  const hours: number[] = [];
  for (let at = span.from; at < span.to; at += HOUR_MS) hours.push(at);
  const counts = hours.map(span.counts);
  await db.owner`
    insert into launch.kept_slots (counter_id, slot_at, workspace_id, country, operation, day_on, granted, refused)
    select c.id, h.at + interval '30 minutes', c.workspace_id, c.country, c.operation, h.at::date, h.asked - h.asked / 5, h.asked / 5
    from unnest(${hours.map((at) => new Date(at).toISOString())}::timestamptz[], ${counts}::int[]) as h (at, asked)
    join launch.counters c on c.workspace_id = ${workspace.id} and c.country = ${country} and c.operation = 'user'
    where h.asked > 0`;
  return counts;
}
