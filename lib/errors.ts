/**
 * Misuse, as opposed to refusal: a refused cap check is an answer, not one of these. The set is closed; callers branch on `code`, never on
 * the message. Portable: no imports.
 */
export type ErrorCode =
  | "invalid_input"
  | "reason_required"
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "method_not_allowed"
  | "conflict"
  | "version_conflict"
  | "illegal_transition"
  | "duplicate"
  | "last_owner"
  | "idempotency_key_required"
  | "key_reused"
  | "reservation_conflict"
  | "amount_required"
  | "currency_mismatch"
  | "too_large"
  | "unsupported_media_type"
  | "rate_limited"
  | "unavailable"
  | "internal";

/** The HTTP status and title of each code. A missing code does not compile. */
export const ERRORS: Record<ErrorCode, { status: number; title: string }> = {
  invalid_input: { status: 400, title: "The request is not valid" },
  reason_required: { status: 400, title: "A reason is required" },
  idempotency_key_required: { status: 400, title: "An Idempotency-Key is required" },
  amount_required: { status: 400, title: "This country's payments need an amount" },
  currency_mismatch: { status: 400, title: "The amount is not in the cap's currency" },
  unauthenticated: { status: 401, title: "The credentials are not valid" },
  forbidden: { status: 403, title: "This is not allowed" },
  not_found: { status: 404, title: "There is no such thing" },
  method_not_allowed: { status: 405, title: "This path has no such method" },
  conflict: { status: 409, title: "The request conflicts with the present state" },
  version_conflict: { status: 409, title: "Someone else changed this meanwhile" },
  illegal_transition: { status: 409, title: "This move is not legal" },
  duplicate: { status: 409, title: "This exists already" },
  last_owner: { status: 409, title: "A workspace keeps at least one owner" },
  reservation_conflict: { status: 409, title: "The reservation was settled differently" },
  too_large: { status: 413, title: "The body is too large" },
  unsupported_media_type: { status: 415, title: "The body must be JSON" },
  key_reused: { status: 422, title: "The idempotency key was used with another request" },
  rate_limited: { status: 429, title: "Too many requests" },
  internal: { status: 500, title: "Something went wrong" },
  unavailable: { status: 503, title: "Gantry cannot answer right now" },
};

export interface FieldError {
  path: string;
  message: string;
}

export interface ErrorExtras {
  /** Machine-readable members of the problem document. Holds nothing internal. */
  details?: Record<string, unknown>;
  /** Which parts of the input are wrong. */
  errors?: FieldError[];
  /** Seconds after which asking again makes sense. */
  retryAfter?: number;
  cause?: unknown;
}

/** An error a caller can act on: stable code, a sentence for people, optional details. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown>;
  readonly errors: FieldError[];
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, message: string = ERRORS[code].title, extras: ErrorExtras = {}) {
    super(message, extras.cause === undefined ? undefined : { cause: extras.cause });
    this.name = "AppError";
    this.code = code;
    this.details = extras.details ?? {};
    this.errors = extras.errors ?? [];
    this.retryAfter = extras.retryAfter;
  }
}
