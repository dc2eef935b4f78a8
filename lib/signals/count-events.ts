import { sql } from "drizzle-orm";
import { plain, texts } from "#lib/db/array-text.ts";
import { service } from "#lib/db/service.ts";
import { log } from "#lib/log.ts";
import { knownType, type ParsedEvent } from "./parse-event.ts";
import type { EventReport } from "./schema.ts";

/** What became of the events of one key and type since the database was last told. */
interface Count {
  keyHash: Buffer;
  type: string;
  accepted: number;
  late: number;
  duplicates: number;
  unknown: number;
  refused: number;
  problem: string | null;
}

type Row = Extract<ParsedEvent, { row: unknown }>["row"];
interface Counted {
  counts: Map<string, Count>;
  timer: ReturnType<typeof setTimeout> | undefined;
}

const EVERY_MS = 10_000;
const LATE_MS = 3_600_000;
/** Keys that nobody made would fill the memory. */
const MOST_COUNTS = 10_000;
const shared: { gantryIntake?: Counted } = globalThis as typeof shared;

function countOf(keyHash: Buffer, type: string): Count | undefined {
  shared.gantryIntake ??= { counts: new Map(), timer: undefined };
  const counted = shared.gantryIntake;
  counted.timer ??= setTimeout(() => void tellEventCounts(), EVERY_MS).unref();
  const name = keyHash.toString("latin1") + type;
  const known = counted.counts.get(name);
  if (known !== undefined || counted.counts.size >= MOST_COUNTS) return known;
  const made = {
    keyHash,
    type,
    accepted: 0,
    late: 0,
    duplicates: 0,
    unknown: 0,
    refused: 0,
    problem: null,
  };
  counted.counts.set(name, made);
  return made;
}

const COUNTERS = { a: "accepted", d: "duplicates", u: "unknown" } as const;

function countRows(keyHash: Buffer, rows: Row[], letters: string): void {
  const lateBefore = Date.now() - LATE_MS;
  for (const [at, { type, time }] of rows.entries()) {
    const letter = letters.charAt(at);
    if (letter !== "a" && letter !== "d" && letter !== "u") continue;
    const count = countOf(keyHash, letter === "u" ? "*" : type);
    if (count === undefined) return;
    count[COUNTERS[letter]] += 1;
    if (letter === "a" && time !== null && time < lateBefore) count.late += 1;
  }
}

/** Counts what became of a request's events, for the page that shows it. Costs additions; the database hears of them every ten seconds. */
export function countEvents(
  keyHash: Buffer,
  sent: unknown[],
  { rows, letters, rejected }: { rows: Row[]; letters: string; rejected: EventReport["rejected"] },
): void {
  countRows(keyHash, rows, letters);
  for (const { index, errors } of rejected) {
    const count = countOf(keyHash, knownType(sent[index]));
    const [error] = errors;
    if (count === undefined) continue;
    count.refused += 1;
    if (error !== undefined)
      count.problem = `${error.path}: ${error.message}`.replace(/^: /, "").slice(0, 200);
  }
}

/** Tells the database what was counted. What could not be told is lost, and said in the log: counts, never events. */
export async function tellEventCounts(): Promise<void> {
  const counted = shared.gantryIntake;
  if (counted === undefined) return;
  clearTimeout(counted.timer);
  delete shared.gantryIntake;
  const all = [...counted.counts.values()];
  const numbers = (of: (count: Count) => number) => plain(all.map(of));
  try {
    await service().execute(sql`select launch.count_events(
      ${texts(all.map(({ keyHash }) => `\\x${keyHash.toString("hex")}`))}::text::bytea[], ${texts(all.map(({ type }) => type))}::text::text[],
      ${numbers((one) => one.accepted)}::text::bigint[], ${numbers((one) => one.late)}::text::bigint[],
      ${numbers((one) => one.duplicates)}::text::bigint[], ${numbers((one) => one.unknown)}::text::bigint[],
      ${numbers((one) => one.refused)}::text::bigint[], ${texts(all.map(({ problem }) => problem))}::text::text[])`);
  } catch (error) {
    log().warn({ err: error }, "what came in was not counted");
  }
}
