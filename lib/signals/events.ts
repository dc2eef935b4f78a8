import { Batcher, queueFull } from "#lib/batch.ts";
import { connect, isConnectionLost, type Sql } from "#lib/db/connect.ts";
import { asKey } from "#lib/db/service.ts";
import { AppError, type FieldError } from "#lib/errors.ts";
import { recordEvents } from "#lib/metrics.ts";
import { askEvents, type EventQuestion } from "./ask-events.ts";
import type { SentEvents } from "./cloud-events.ts";
import { countEvents, tellEventCounts } from "./count-events.ts";
import { type EventRow, parseEvent } from "./parse-event.ts";
import type { EventReport } from "./schema.ts";

/** Events in one call. Larger batches gain nothing and hold the hours' rows longer. */
const MOST_IN_CALL = 2000;
/** Events that may wait or be in flight in this process. */
const MOST_OPEN = 50_000;

type Outcome = { letters: string } | { error: unknown };

/** Connections to the database, each with a call in flight: it works on one batch while another commits or is being parsed. */
const LANES = 2;
/** Events for which one lane does: few events go together. */
const FEW = 500;

interface Lane {
  sql: Sql;
  batcher: Batcher<EventQuestion, Outcome>;
  /** Events waiting or in flight. */
  open: number;
}

const shared: { gantryEvents?: Lane[] } = globalThis as typeof shared;

/** One call for all; when it fails, each request alone, so that nobody pays for another's events. */
async function send(sql: Sql, questions: EventQuestion[]): Promise<Outcome[]> {
  try {
    return (await askEvents(sql, questions)).map((letters) => ({ letters }));
  } catch (error) {
    if (questions.length === 1 || isConnectionLost(error)) throw error;
    const outcomes: Outcome[] = [];
    for (const question of questions) {
      outcomes.push(...(await send(sql, [question]).catch((alone: unknown) => [{ error: alone }])));
    }
    return outcomes;
  }
}

function withinCall(): (question: EventQuestion) => boolean {
  let events = 0;
  return ({ rows }) => {
    if (events > 0 && events + rows.length > MOST_IN_CALL) return false;
    events += rows.length;
    return true;
  };
}

function openLane(): Lane {
  const renew = () => {
    const old = made.sql;
    made.sql = connect("events", 1);
    void old.end({ timeout: 0 });
  };
  const made: Lane = {
    open: 0,
    sql: connect("events", 1),
    batcher: new Batcher<EventQuestion, Outcome>({
      send: async (questions) => {
        try {
          return await send(made.sql, questions);
        } catch (error) {
          if (isConnectionLost(error)) renew();
          throw error;
        }
      },
      maxBatch: MOST_IN_CALL,
      maxQueue: MOST_OPEN,
      deadline: 4000,
      mayShare: withinCall,
      onStuck: renew,
    }),
  };
  return made;
}

function lanes(): Lane[] {
  shared.gantryEvents ??= Array.from({ length: LANES }, openLane);
  return shared.gantryEvents;
}

/** The first lane while it has few events, then the one with fewest. */
function laneOf(all: Lane[]): Lane | undefined {
  const [first] = all;
  return first === undefined || first.open < FEW ? first : all.toSorted((a, b) => a.open - b.open)[0];
}

/** Waits for the events under way, closes their connections, then tells what was counted. */
export async function closeEvents(): Promise<void> {
  const open = shared.gantryEvents ?? [];
  await Promise.all(
    open.map(async (lane) => {
      await lane.batcher.drain();
      await lane.sql.end({ timeout: 5 });
    }),
  );
  await tellEventCounts();
}

async function ask(keyHash: Buffer, rows: EventRow[]): Promise<string> {
  const all = lanes();
  const lane = laneOf(all);
  const open = all.reduce((sum, one) => sum + one.open, 0);
  if (lane === undefined || open + rows.length > MOST_OPEN) throw queueFull();
  lane.open += rows.length;
  try {
    const outcome = await lane.batcher.ask({ keyHash, rows });
    if ("error" in outcome) throw outcome.error;
    return outcome.letters;
  } finally {
    lane.open -= rows.length;
  }
}

const REFUSED: Record<string, FieldError> = {
  f: { path: "time", message: "At most 5 minutes ahead" },
  o: { path: "time", message: "At most 30 days back, on a day of which events are kept" },
  b: { path: "data.value", message: "Not a device, an account or an IP range that can be blocked" },
};

interface Parsed {
  rows: EventRow[];
  /** The place in the request of each row. */
  places: number[];
  rejected: EventReport["rejected"];
}

function parseAll(events: unknown[]): Parsed {
  const parsed: Parsed = { rows: [], places: [], rejected: [] };
  events.forEach((event, index) => {
    const outcome = parseEvent(event);
    if ("errors" in outcome) parsed.rejected.push({ index, errors: outcome.errors });
    else {
      parsed.rows.push(outcome.row);
      parsed.places.push(index);
    }
  });
  return parsed;
}

function reportOf(letters: string, { places, rejected }: Parsed): EventReport {
  const report: EventReport = { accepted: 0, duplicates: 0, unknown: 0, rejected };
  for (const [at, index] of places.entries()) {
    const letter = letters.charAt(at);
    if (letter === "a") report.accepted += 1;
    else if (letter === "d") report.duplicates += 1;
    else if (letter === "u") report.unknown += 1;
    else {
      const error = REFUSED[letter];
      if (error === undefined) throw new Error(`report_events answered ${letter}`);
      rejected.push({ index, errors: [error] });
    }
  }
  rejected.sort((one, other) => one.index - other.index);
  return report;
}

/**
 * Takes events in. Resolves after the commit. Seen again, an event is a duplicate and counts once; one of an unknown type is counted and
 * not kept; a bad one of a batch is named by its place and the good ones are kept. Throws unauthenticated, forbidden (the key lacks
 * signals.report), unavailable, and for a single bad event invalid_input.
 */
export async function reportEvents(keyHash: Buffer, { single, events }: SentEvents): Promise<EventReport> {
  const parsed = parseAll(events);
  const letters = parsed.rows.length > 0 ? await ask(keyHash, parsed.rows) : "";
  if (letters.startsWith("k")) throw new AppError("unauthenticated");
  if (letters.startsWith("n")) throw new AppError("forbidden", "The API key lacks the scope signals.report.");
  if (letters === "" && !single) await asKey(keyHash, "signals.report", async () => undefined);
  const report = reportOf(letters, parsed);
  recordEvents(report);
  countEvents(keyHash, events, { rows: parsed.rows, letters, rejected: report.rejected });
  const [first] = report.rejected;
  if (single && first !== undefined)
    throw new AppError("invalid_input", first.errors[0]?.message, { errors: first.errors });
  return report;
}
