import { AppError, type ErrorCode } from "#lib/errors.ts";

/** Our private SQLSTATEs (class GT) and the few of Postgres that callers can act on. The register is docs/error-codes.md. */
const CODES: Record<string, ErrorCode> = {
  GTINV: "invalid_input",
  GTRSN: "reason_required",
  GTKEY: "unauthenticated",
  GTROL: "forbidden",
  GTNIL: "not_found",
  GTVER: "version_conflict",
  GTTRN: "illegal_transition",
  GTDUP: "duplicate",
  GTOWN: "last_owner",
  GTIMM: "conflict",
  "23514": "invalid_input",
  "22003": "invalid_input",
  "22021": "invalid_input",
  "40001": "unavailable",
  "40P01": "unavailable",
  "53300": "unavailable",
  "55P03": "unavailable",
  "57014": "unavailable",
  "57P01": "unavailable",
  "57P02": "unavailable",
  "57P03": "unavailable",
  CONNECT_TIMEOUT: "unavailable",
  CONNECTION_CLOSED: "unavailable",
  CONNECTION_DESTROYED: "unavailable",
  CONNECTION_ENDED: "unavailable",
  ECONNREFUSED: "unavailable",
  ECONNRESET: "unavailable",
  EPIPE: "unavailable",
  ETIMEDOUT: "unavailable",
};

function member(error: object, name: string): string | undefined {
  const value: unknown = Reflect.get(error, name);
  return typeof value === "string" ? value : undefined;
}

function parseDetail(detail: string | undefined): Record<string, unknown> {
  if (!detail?.startsWith("{")) return {};
  const parsed: unknown = JSON.parse(detail);
  return typeof parsed === "object" && parsed !== null ? { ...parsed } : {};
}

/** Postgres gives a row that no partition takes the code of a check constraint: the caller is not at fault. */
function isWithoutPartition(sqlstate: string, thrown: object): boolean {
  return sqlstate === "23514" && member(thrown, "routine") === "ExecFindPartition";
}

function translate(sqlstate: string, code: ErrorCode, thrown: object): AppError {
  const message = member(thrown, "message") ?? "";
  if (!sqlstate.startsWith("GT")) {
    return new AppError(code, undefined, {
      cause: thrown,
      ...(code === "unavailable" ? { retryAfter: 1 } : {}),
    });
  }
  const details = parseDetail(member(thrown, "detail"));
  const { field } = details;
  return new AppError(code, message, {
    details,
    errors: typeof field === "string" ? [{ path: field, message }] : [],
    cause: thrown,
  });
}

/**
 * Turns whatever the driver threw into an AppError, looking through wrapped causes. Only a GT error's own sentence and detail pass on;
 * anything unknown becomes `internal` with the original as its cause.
 */
export function toAppError(error: unknown): AppError {
  for (let at = error; typeof at === "object" && at !== null; at = Reflect.get(at, "cause")) {
    if (at instanceof AppError) return at;
    const sqlstate = member(at, "code") ?? "";
    const code = isWithoutPartition(sqlstate, at) ? "unavailable" : CODES[sqlstate];
    if (code !== undefined) return translate(sqlstate, code, at);
  }
  return new AppError("internal", undefined, { cause: error });
}
