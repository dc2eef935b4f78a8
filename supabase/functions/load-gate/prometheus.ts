import { TargetRefused } from "../../../lib/outbound-target.ts";
import type { Outbound } from "../_shared/outbound.ts";

/** Where one measurement is pulled from. */
export interface Source {
  name: string;
  url: string;
  query: string;
  header_name: string | null;
  header_value: string | null;
}

/** What came of it: a number, or why there is none. */
export interface Pull {
  name: string;
  value: number | null;
  problem: string | null;
}

const TIMEOUT_MS = 5000;

/** Asks Prometheus for the present value of one query (an instant query). Never rejects: what went wrong is the pull's problem. */
export async function pull(source: Source, outbound: Outbound): Promise<Pull> {
  const { name } = source;
  try {
    return { name, value: await ask(source, outbound), problem: null };
  } catch (error) {
    return { name, value: null, problem: error instanceof Error ? error.message : String(error) };
  }
}

async function ask(source: Source, outbound: Outbound): Promise<number> {
  const url = `${source.url.replace(/\/+$/, "")}/api/v1/query?${new URLSearchParams({ query: source.query })}`;
  const { header_name: header, header_value: secret } = source;
  const headers: Record<string, string> = { accept: "application/json" };
  if (header !== null && secret !== null) headers[header] = secret;
  const { status, body } = await outbound({ method: "GET", url, headers, timeoutMs: TIMEOUT_MS }).catch(
    unreachable,
  );
  if (status >= 300 && status < 400) throw new Error("it redirects, which is not followed");
  return readAnswer(status, body);
}

function unreachable(error: unknown): never {
  const code: unknown = Reflect.get(Object(error), "code");
  if (error instanceof TargetRefused || typeof code !== "string") throw error;
  throw new Error(`it can't be reached (${code})`);
}

/** The one number of an answer. Throws with what is wrong with it. */
function readAnswer(status: number, body: string): number {
  const answer = parse(body);
  if (status !== 200 || field(answer, "status") !== "success") {
    const said = field(answer, "error");
    throw new Error(`it answered ${status}${typeof said === "string" ? `: ${said}` : ""}`);
  }
  const data = field(answer, "data");
  const result = field(data, "result");
  if (field(data, "resultType") === "scalar") return toNumber(result);
  if (field(data, "resultType") !== "vector" || !Array.isArray(result)) {
    throw new Error("the query must give a number or one series");
  }
  if (result.length === 0) throw new Error("the query found nothing");
  if (result.length > 1)
    throw new Error(`the query gives ${result.length} series; make it one, with sum() or max()`);
  return toNumber(field(result[0], "value"));
}

/** A sample is a pair of a time and a number as text. */
function toNumber(sample: unknown): number {
  const text: unknown = Array.isArray(sample) ? sample[1] : undefined;
  const value = typeof text === "string" && text !== "" ? Number(text) : Number.NaN;
  if (!Number.isFinite(value)) throw new Error(`the value is ${String(text)}`);
  return value;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
