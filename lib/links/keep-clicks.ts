import { plain, texts } from "#lib/db/array-text.ts";
import { connect, isConnectionLost, type Sql } from "#lib/db/connect.ts";
import { log } from "#lib/log.ts";
import { recordClicks } from "#lib/metrics.ts";
import type { BotReason } from "./vocabulary.ts";

/** A click on its way to the database. */
export interface Click {
  /** A UUID of version 7: its time is the click's. */
  id: string;
  linkId: string;
  country: string | null;
  bot: BotReason | null;
  door: "open" | "waiting";
  /** Address and browser; only a salted hash is kept. Null when the address is unknown. */
  visitor: string | null;
}

/** Clicks in one call, and clicks that may wait in this process: beyond them the redirect goes on and its click is lost. */
const MOST_IN_CALL = 1000;
const MOST_WAITING = 50_000;
/** Milliseconds in which clicks gather: a call of few costs the database almost as much as one of many. A process that is killed loses these. */
const GATHERING = 50;
const TRY_AGAIN = 500;
const TRIES = 3;

interface Writer {
  sql: Sql;
  waiting: Click[];
  running: boolean;
  idle: (() => void)[];
}
const shared: { gantryClicks?: Writer } = globalThis as typeof shared;

function writer(): Writer {
  shared.gantryClicks ??= { sql: connect("clicks", 1), waiting: [], running: false, idle: [] };
  return shared.gantryClicks;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function send(sql: Sql, clicks: Click[]): Promise<void> {
  await sql`select launch.record_clicks(
    ${plain(clicks.map(({ linkId }) => linkId))}::text::uuid[], ${plain(clicks.map(({ id }) => id))}::text::uuid[],
    ${plain(clicks.map(({ country }) => country))}::text::text[], ${plain(clicks.map(({ bot }) => bot))}::text::text[],
    ${plain(clicks.map(({ door }) => door))}::text::text[], ${texts(clicks.map(({ visitor }) => visitor))}::text::text[])`;
}

/** Tries until the clicks are kept; while the database is away, for as long as it is. Sent twice, a click is kept once. */
async function keep(made: Writer, clicks: Click[]): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await send(made.sql, clicks);
      recordClicks("kept", clicks.length);
      return;
    } catch (error) {
      const isLost = isConnectionLost(error);
      if (!isLost && tries >= TRIES) {
        log().error({ err: error, clicks: clicks.length }, "clicks could not be kept");
        recordClicks("lost", clicks.length);
        return;
      }
      if (isLost) {
        void made.sql.end({ timeout: 0 });
        made.sql = connect("clicks", 1);
      }
      await pause(TRY_AGAIN);
    }
  }
}

async function run(made: Writer): Promise<void> {
  made.running = true;
  do {
    if (made.waiting.length < MOST_IN_CALL) await pause(GATHERING);
    await keep(made, made.waiting.splice(0, MOST_IN_CALL));
  } while (made.waiting.length > 0);
  made.running = false;
  for (const resolve of made.idle.splice(0)) resolve();
}

/**
 * Keeps a click with all others of the next 50 ms, one call in flight. It waits for nobody and nobody for it: the redirect goes on, and a click that the
 * database doesn't take yet goes on trying. When 50,000 wait, one more is lost, and counted as such.
 */
export function keepClick(click: Click): void {
  const made = writer();
  if (made.waiting.length >= MOST_WAITING) {
    recordClicks("lost", 1);
    return;
  }
  made.waiting.push(click);
  if (!made.running) void run(made);
}

/** Resolves when no click waits or is under way. */
export function clicksKept(): Promise<void> {
  const made = shared.gantryClicks;
  if (made?.running !== true) return Promise.resolve();
  return new Promise((resolve) => made.idle.push(resolve));
}

/** Waits for the clicks under way, 5 s at most, then closes their connection. */
export async function closeClicks(): Promise<void> {
  const made = shared.gantryClicks;
  if (made === undefined) return;
  await Promise.race([clicksKept(), pause(5000)]);
  await made.sql.end({ timeout: 1 });
}
