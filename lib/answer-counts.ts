import { sql } from "drizzle-orm";
import { service } from "#lib/db/service.ts";
import { log } from "#lib/log.ts";

/** What this process answered since it last told the database. */
type Counts = {
  answers: number;
  errors: number;
  totalMs: number;
  timer: ReturnType<typeof setTimeout> | undefined;
};

const EVERY_MS = 60_000;
const shared: { gantryAnswers?: Counts } = globalThis as typeof shared;

function counts(): Counts {
  shared.gantryAnswers ??= { answers: 0, errors: 0, totalMs: 0, timer: undefined };
  return shared.gantryAnswers;
}

/** Adds what was counted to the database's minute and begins again at nothing. What could not be told is lost, and said in the log. */
async function tellAnswers(): Promise<void> {
  const { answers, errors, totalMs, timer } = counts();
  clearTimeout(timer);
  shared.gantryAnswers = { answers: 0, errors: 0, totalMs: 0, timer: undefined };
  try {
    await service().execute(sql`select launch.count_answers(${answers}, ${errors}, ${totalMs})`);
  } catch (error) {
    log().warn({ err: error, answers }, "answers were not counted");
  }
}

/** Counts one answer of the API. Costs additions: the database hears of them once a minute, and a quiet process says nothing. */
export function countAnswer(status: number, milliseconds: number): void {
  const counted = counts();
  counted.answers += 1;
  counted.totalMs += milliseconds;
  if (status >= 500) counted.errors += 1;
  counted.timer ??= setTimeout(() => void tellAnswers(), EVERY_MS).unref();
}
