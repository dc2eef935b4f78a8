import postgres from "postgres";
import { dataEnv } from "#lib/env.ts";
import { ARRAY_TYPES } from "./array-types.ts";

export type Sql = postgres.Sql;

/**
 * A pool on the service's database address. Reconnects within half a second, so that the service is back as soon as Postgres is; a statement
 * that runs longer than 5 s is ended by Postgres.
 */
export function connect(name: string, max: number, url: string = dataEnv().DATABASE_URL): Sql {
  return postgres(url, {
    max,
    prepare: dataEnv().DATABASE_PREPARE === "1",
    connect_timeout: 3,
    idle_timeout: 0,
    max_lifetime: null,
    backoff: (attempt) => Math.min(0.05 * 2 ** attempt, 0.5),
    onnotice: () => undefined,
    fetch_types: false,
    types: ARRAY_TYPES,
    connection: { application_name: `gantry-${name}`, statement_timeout: 5000 },
  });
}

const LOST =
  /^(CONNECT_TIMEOUT|CONNECTION_(CLOSED|DESTROYED|ENDED)|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|57P0[123])$/;

/**
 * Whether an error says that the connection is gone. Then make a new one: postgres 3.4.9 keeps what it had not yet sent when a socket closed,
 * and a connection that did so never gets through its next handshake.
 */
export function isConnectionLost(error: unknown): boolean {
  const code: unknown = typeof error === "object" && error !== null ? Reflect.get(error, "code") : undefined;
  return typeof code === "string" && LOST.test(code);
}
