import { createServer, type OutgoingMessage, type Server } from "node:http";
import { flushCompileCache } from "node:module";
import { getRequestListener } from "@hono/node-server";
import { dataEnv, ticketEnv } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { closeCaps } from "#lib/launch/caps.ts";
import { closeSettlements } from "#lib/launch/reservations.ts";
import { closeLinks } from "#lib/links/find-link.ts";
import { closeClicks } from "#lib/links/keep-clicks.ts";
import { log } from "#lib/log.ts";
import { problemResponse } from "#lib/problem.ts";
import { closeEvents } from "#lib/signals/events.ts";
import { Admission, type Limits } from "./admission.ts";
import { routes } from "./routes.ts";

/** What a gate takes on, and how long it waits for a sender: a slow one is cut off with 408. */
export interface GateLimits extends Limits {
  /** Milliseconds for a request's headers, and for the whole of it. */
  headersWithin: number;
  requestWithin: number;
}

const LIMITS: GateLimits = {
  requests: 4096,
  bytes: 256 * 1_048_576,
  headersWithin: 5000,
  requestWithin: 10_000,
};
const KEEP_ALIVE = 65_000;
const CHECK_SENDERS_EVERY = 500;
const MAX_HEADER_BYTES = 16_384;
const MAX_CONNECTIONS = 20_000;
const STOP_WITHIN = 8000;
const IDLE_SWEEP = 25;

/** A gate that listens. */
export interface Gate {
  readonly host: string;
  readonly port: number;
  /** Stops accepting, lets what is under way finish, and closes every connection within 8 s. Asked twice, it is the same stop. */
  stop(): Promise<void>;
}

/** Starts the data plane on a host and port (0: any free one). Rejects when the port is taken. */
export async function startGate(
  host: string,
  port: number,
  { headersWithin, requestWithin, ...limits }: GateLimits = LIMITS,
): Promise<Gate> {
  const admission = new Admission(limits);
  const app = routes();
  const answer = (request: Request) => app.fetch(request);
  const listener = getRequestListener(
    (request, { outgoing }) => admission.run(request, outgoing as OutgoingMessage, answer),
    {
      hostname: host,
      errorHandler: (error) =>
        problemResponse(
          error instanceof Error && error.name === "RequestError"
            ? new AppError("invalid_input", error.message)
            : error,
        ),
    },
  );
  const options = {
    headersTimeout: headersWithin,
    requestTimeout: requestWithin,
    connectionsCheckingInterval: Math.min(CHECK_SENDERS_EVERY, headersWithin),
    keepAliveTimeout: KEEP_ALIVE,
    maxHeaderSize: MAX_HEADER_BYTES,
  };
  const server = createServer(options, (incoming, outgoing) => void listener(incoming, outgoing));
  server.maxConnections = MAX_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  let stopped: Promise<void> | undefined;
  return {
    host,
    port: typeof address === "object" && address !== null ? address.port : port,
    stop() {
      stopped ??= stop(server, admission);
      return stopped;
    },
  };
}

async function stop(server: Server, admission: Admission): Promise<void> {
  admission.close();
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const sweep = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP);
  const bound = setTimeout(() => {
    log().warn({ open: admission.open }, "requests were still under way when the gate stopped");
    server.closeAllConnections();
  }, STOP_WITHIN);
  await closed;
  clearInterval(sweep);
  clearTimeout(bound);
}

async function main(): Promise<void> {
  const { GANTRY_GATE_HOST, GANTRY_GATE_PORT } = dataEnv();
  ticketEnv();
  const gate = await startGate(GANTRY_GATE_HOST, GANTRY_GATE_PORT);
  log().info({ host: gate.host, port: gate.port }, "the gate listens");
  // With NODE_COMPILE_CACHE the next start takes a quarter less processor time; a gate that is killed would leave nothing behind.
  flushCompileCache();
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, async () => {
      await gate.stop();
      await Promise.all([closeCaps(), closeSettlements(), closeEvents(), closeClicks(), closeLinks()]);
      log().info("the gate has stopped");
      process.exit(0);
    });
  }
}

if (import.meta.main) await main();
