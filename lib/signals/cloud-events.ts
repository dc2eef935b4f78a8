import { AppError } from "#lib/errors.ts";
import { readJson } from "#lib/request.ts";
import { MOST_REPORTS } from "./vocabulary.ts";

/** What a request carries: one event or a batch, not parsed yet. */
export interface SentEvents {
  single: boolean;
  events: unknown[];
}

const STRUCTURED = "application/cloudevents+json";
const BATCH = "application/cloudevents-batch+json";
const IN_HEADERS = ["specversion", "id", "source", "type", "time", "subject"] as const;

/** CloudEvents' HTTP binding percent-encodes what a header may not hold. */
function decoded(name: string, value: string): string {
  if (!value.includes("%")) return value;
  try {
    return decodeURIComponent(value);
  } catch (cause) {
    const message = "Broken percent-encoding";
    throw new AppError("invalid_input", message, { errors: [{ path: name, message }], cause });
  }
}

function fromHeaders(headers: Headers, data: unknown): Record<string, unknown> {
  const event: Record<string, unknown> = { data };
  for (const name of IN_HEADERS) {
    const value = headers.get(`ce-${name}`);
    if (value !== null) event[name] = decoded(name, value);
  }
  if (!IN_HEADERS.some((name) => name in event)) {
    throw new AppError(
      "unsupported_media_type",
      `Send ${STRUCTURED}, ${BATCH}, or ce- headers with a JSON body.`,
    );
  }
  return event;
}

/**
 * Reads CloudEvents 1.0 over HTTP in its three modes: binary (ce- headers, the body is the data), structured, and a batch of at most 1,000.
 * Throws unsupported_media_type, too_large, invalid_input.
 */
export async function readCloudEvents(request: Request): Promise<SentEvents> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  const body = await readJson(request);
  if (type === STRUCTURED) return { single: true, events: [body] };
  if (type !== BATCH) return { single: true, events: [fromHeaders(request.headers, body)] };
  if (!Array.isArray(body)) throw new AppError("invalid_input", "A batch is a list of events.");
  if (body.length > MOST_REPORTS)
    throw new AppError("invalid_input", `A batch has at most ${MOST_REPORTS.toLocaleString("en")} events.`);
  return { single: false, events: body };
}
