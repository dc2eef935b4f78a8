import type { CapAnswer, CapCheck, Country, Receipt, Settlement } from "../launch/schema.ts";
import type { Operation } from "../launch/vocabulary.ts";
import type { Ticket } from "../queue/schema.ts";
import { ask, type Connection, GantryError } from "./request.ts";
import { type Signals, signals } from "./signals.ts";

/** What to do with an operation while Gantry cannot be reached: let it through, or not. */
export type FailMode = "open" | "closed";

export interface GantryOptions {
  /** Where the gate (or the console) answers, such as https://gate.example.com. */
  url: string;
  /** An API key with the scopes of what it is used for: caps.check, signals.report. */
  key: string;
  /** Declared per operation. Payments are always closed. */
  failModes: { user: FailMode; creator: FailMode };
  /** What a request whose country is unknown is held to: a country's caps, or a plain yes or no. */
  unknownCountry: CapCheck["country"] | "allow" | "refuse";
  /** Milliseconds one attempt may take (1,000). */
  timeout?: number;
  /** Attempts after the first, all under one key (3). */
  retries?: number;
  fetch?: typeof fetch;
}

export interface Question extends Omit<CapCheck, "units" | "country"> {
  /** null: the edge could not tell. */
  country: CapCheck["country"] | null;
  units?: number;
}

/** What the product acts on. `source` says who decided; only `gantry` has an answer. */
export type Decision =
  | { allowed: boolean; source: "gantry"; answer: CapAnswer; replayed: boolean }
  | { allowed: boolean; source: "fail_mode"; error: GantryError }
  | { allowed: boolean; source: "unknown_country" };

export interface Gantry extends Signals {
  /**
   * Asks before something happens. Retries under one key, so that a lost answer costs no second unit; when Gantry stays out of reach the
   * declared fail mode decides. Throws GantryError only for misuse: a wrong API key or address, a malformed question, an
   * idempotency key used with another question.
   */
  check(question: Question, idempotencyKey?: string): Promise<Decision>;
  /** Keeps a reservation's units. Throws GantryError `reservation_conflict` once the lease has ended. */
  commit(id: string): Promise<Settlement>;
  /** Gives a reservation's units back. */
  release(id: string): Promise<Settlement>;
  /** How a ticket of the onboarding queue stands: `answer.ticket.token` of a check with `queue: true`. Look again after `poll_after_seconds`. */
  ticket(token: string): Promise<Ticket>;
  /**
   * Claims a ready ticket: when its state is `claimed`, the units are held (600 s) under `reservation.id` until `commit` or `release`. Any other
   * state is a no. Repeating it is harmless.
   */
  claim(token: string, holdSeconds?: number): Promise<Ticket>;
  /** Gives a place in the queue back. */
  leave(token: string): Promise<Ticket>;
  /** What a country could still take. */
  capacity(country: CapCheck["country"]): Promise<Country>;
  /** A cap check as it was recorded. */
  receipt(id: string): Promise<Receipt>;
}

function failMode(options: GantryOptions, operation: Operation): FailMode {
  return operation === "payment" ? "closed" : options.failModes[operation];
}

/**
 * A client of one workspace. Needs only fetch: works in Node, Deno and edge runtimes. Throws TypeError when the address is not a URL. The key
 * is a secret, so it has no place in a browser.
 */
export function createGantry(options: GantryOptions): Gantry {
  const connection: Connection = {
    url: new URL(options.url).href.replace(/\/$/, ""),
    key: options.key,
    timeout: options.timeout ?? 1000,
    retries: options.retries ?? 3,
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
  };
  const ticketAt = (token: string, tail = "") => `/api/v1/tickets/${encodeURIComponent(token)}${tail}`;
  const at = (id: string, tail = "") => `/api/v1/cap-checks/${encodeURIComponent(id)}${tail}`;
  return {
    ...signals(connection),
    async check(question, idempotencyKey = crypto.randomUUID()) {
      const country = question.country ?? options.unknownCountry;
      if (country === "allow" || country === "refuse") {
        return { allowed: country === "allow", source: "unknown_country" };
      }
      try {
        const { body, headers } = await ask<CapAnswer>(connection, "POST", "/api/v1/cap-checks", {
          json: JSON.stringify({ ...question, country }),
          idempotencyKey,
        });
        return {
          allowed: body.allowed,
          source: "gantry",
          answer: body,
          replayed: headers.get("idempotent-replayed") === "true",
        };
      } catch (error) {
        if (!(error instanceof GantryError) || error.code !== "unavailable") throw error;
        return { allowed: failMode(options, question.operation) === "open", source: "fail_mode", error };
      }
    },
    commit: async (id) => (await ask<Settlement>(connection, "POST", at(id, "/commit"))).body,
    release: async (id) => (await ask<Settlement>(connection, "POST", at(id, "/release"))).body,
    ticket: async (token) => (await ask<Ticket>(connection, "GET", ticketAt(token))).body,
    claim: async (token, holdSeconds) =>
      (
        await ask<Ticket>(connection, "POST", ticketAt(token, "/claim"), {
          json: JSON.stringify({ hold_seconds: holdSeconds }),
        })
      ).body,
    leave: async (token) => (await ask<Ticket>(connection, "DELETE", ticketAt(token))).body,
    capacity: async (country) =>
      (await ask<Country>(connection, "GET", `/api/v1/countries/${country}/capacity`)).body,
    receipt: async (id) => (await ask<Receipt>(connection, "GET", at(id))).body,
  };
}
