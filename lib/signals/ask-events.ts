import { plain, texts } from "#lib/db/array-text.ts";
import type { Sql } from "#lib/db/connect.ts";
import type { EventRow } from "./parse-event.ts";

/** The events of one request. */
export interface EventQuestion {
  keyHash: Buffer;
  rows: EventRow[];
}

/** Asks launch.report_events once for all of these. Answers a letter an event, request by request; its comment says what each means. */
export async function askEvents(sql: Sql, questions: EventQuestion[]): Promise<string[]> {
  const hashes: string[] = [];
  const callers: number[] = [];
  const rows: EventRow[] = [];
  for (const { keyHash, rows: asked } of questions) {
    const hash = `\\x${keyHash.toString("hex")}`;
    if (!hashes.includes(hash)) hashes.push(hash);
    const caller = hashes.indexOf(hash) + 1;
    for (const row of asked) {
      callers.push(caller);
      rows.push(row);
    }
  }
  const [answer] = await sql<{ letters: string }[]>`
    select launch.report_events(
      ${texts(hashes)}::text::bytea[], ${plain(callers)}::text::int[], ${texts(rows.map(({ type }) => type))}::text::text[],
      ${texts(rows.map(({ source }) => source))}::text::text[], ${texts(rows.map(({ id }) => id))}::text::text[],
      ${plain(rows.map(({ time }) => time))}::text::bigint[], ${plain(rows.map(({ country }) => country))}::text::text[],
      ${texts(rows.map(({ subject }) => subject))}::text::text[], ${texts(rows.map(({ device }) => device))}::text::text[],
      ${plain(rows.map(({ ip }) => ip))}::text::inet[], ${plain(rows.map(({ amountMinor }) => amountMinor))}::text::bigint[],
      ${plain(rows.map(({ currency }) => currency))}::text::text[], ${plain(rows.map(({ value }) => value))}::text::float8[],
      ${texts(rows.map(({ data }) => data))}::text::jsonb[]) as letters`;
  let at = 0;
  return questions.map(({ rows: asked }) => {
    at += asked.length;
    return answer?.letters.slice(at - asked.length, at) ?? "";
  });
}
