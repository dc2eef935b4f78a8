import type { z } from "zod";
import type { FieldError } from "#lib/errors.ts";
import { CloudEvent, DATA_OF, EventAttributes, EventData } from "./schema.ts";
import { EVENT_TYPES } from "./vocabulary.ts";

/** An event as it goes to the database. */
export interface EventRow {
  type: string;
  source: string;
  id: string;
  /** Milliseconds since 1970; null: when it arrives. */
  time: number | null;
  country: string | null;
  subject: string | null;
  device: string | null;
  ip: string | null;
  amountMinor: number | null;
  currency: string | null;
  value: number | null;
  /** JSON of what has no column of its own. */
  data: string | null;
}

export type ParsedEvent = { row: EventRow } | { errors: FieldError[] };

const MOST_DATA = 4096;
const NO_DATA: EventData = {};
const COLUMNS: ReadonlySet<string> = new Set(["country", "device", "ip", "amount"]);

/** A NUL or half of a surrogate pair, as JSON escapes them: Postgres has no place for either. */
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

/** How an event of each of our types is parsed; made once, because zod compiles a schema when it is first used. */
const SCHEMAS = new Map<string, z.ZodType<CloudEvent>>(
  EVENT_TYPES.map((type) => [type, CloudEvent.extend({ data: DATA_OF[type] ?? EventData.optional() })]),
);

/** Our name of a type that may stand under a reverse-DNS prefix; a type that is not ours stays as it is. */
function typeOf(type: string): string {
  if (SCHEMAS.has(type)) return type;
  const bare = type.slice(type.lastIndexOf(".", type.lastIndexOf(".") - 1) + 1);
  return SCHEMAS.has(bare) ? bare : type;
}

/** The type of ours that something sent as an event has; * when it has none. */
export function knownType(sent: unknown): string {
  const type = typeof sent === "object" && sent !== null && "type" in sent ? sent.type : undefined;
  const ours = typeof type === "string" ? typeOf(type) : "";
  return SCHEMAS.has(ours) ? ours : "*";
}

function errorsOf({ issues }: z.ZodError): FieldError[] {
  return issues.map(({ path, message }) => ({ path: path.map(String).join("."), message }));
}

/** What of the data has no column: null when there is nothing. An end is written as Postgres reads any time. */
function restOf(data: EventData): Record<string, unknown> | null {
  let rest: Record<string, unknown> | null = null;
  for (const [name, value] of Object.entries(data)) {
    if (value === undefined || COLUMNS.has(name) || (name === "value" && typeof value === "number")) continue;
    rest ??= {};
    rest[name] = value;
  }
  return rest;
}

function rowOf(event: CloudEvent, type: string, data: EventData, rest: string | null): EventRow {
  return {
    type,
    source: event.source,
    id: event.id,
    time: event.time === undefined ? null : Date.parse(event.time),
    country: data.country ?? null,
    subject: event.subject ?? null,
    device: data.device ?? null,
    ip: data.ip ?? null,
    amountMinor: data.amount?.minor ?? null,
    currency: data.amount?.currency ?? null,
    value: typeof data.value === "number" ? data.value : null,
    data: rest,
  };
}

function wrong(path: string, message: string): ParsedEvent {
  return { errors: [{ path, message }] };
}

/**
 * Reads one CloudEvent: its row, or what is wrong with it, by path. Of an event whose type is not ours only the attributes are read,
 * because it is counted and not kept.
 */
export function parseEvent(sent: unknown): ParsedEvent {
  if (typeof sent !== "object" || sent === null || Array.isArray(sent))
    return wrong("", "An event is an object");
  const { type: sentType, data_base64 } = sent as { type?: unknown; data_base64?: unknown };
  if (data_base64 !== undefined) return wrong("data_base64", "Send JSON as data");
  const type = typeof sentType === "string" ? typeOf(sentType) : "";
  const schema = SCHEMAS.get(type) ?? EventAttributes;
  const parsed = schema.safeParse(sent);
  if (!parsed.success) return { errors: errorsOf(parsed.error) };
  const event: CloudEvent = parsed.data;
  const data = event.data ?? NO_DATA;
  const rest = restOf(data);
  if (rest === null) return { row: rowOf(event, type, data, null) };
  if (typeof rest.until === "string" && type.startsWith("blocklist."))
    rest.until = new Date(rest.until).toISOString();
  const json = JSON.stringify(rest);
  if (json.length > MOST_DATA)
    return wrong("data", `At most ${MOST_DATA} characters of JSON besides Gantry's own fields`);
  if (UNSTORABLE.test(json)) return wrong("data", "No NUL characters and no broken surrogate pairs");
  return { row: rowOf(event, type, data, json) };
}
