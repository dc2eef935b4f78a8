import { freePort } from "#stack/ports.ts";
import { runJob, type Server, startServer } from "./children.ts";
import type { LoadJob } from "./load.ts";
import type { Result } from "./measure.ts";
import { startNext } from "./next-app.ts";
import type { Place } from "./place.ts";

const CONNECTIONS = 64;
const SECONDS = { warm: 2, measured: 5 };
const CHECK = { country: "PL", operation: "user", units: 1 };
const BULK = 100;
const BULK_CONNECTIONS = 8;

type Request = Pick<LoadJob, "path" | "headers" | "body">;

function single(place: Place, path: string): Request {
  const headers = [`Authorization: Bearer ${place.apiKey}`, "Idempotency-Key: {key}"];
  return { path, headers, body: JSON.stringify(CHECK) };
}

function bulk(place: Place, path: string): Request {
  const checks = Array.from({ length: BULK }, () => ({ ...CHECK, idempotency_key: "{key}" }));
  const headers = [`Authorization: Bearer ${place.apiKey}`];
  return { path, headers, body: JSON.stringify({ checks }) };
}

function load(place: Place, server: Server, request: Request, how: Partial<LoadJob> = {}): Promise<Result> {
  const job: LoadJob = { ...request, port: server.port, connections: CONNECTIONS, seconds: SECONDS, ...how };
  return runJob(place.root, "bench/load.ts", job, {});
}

/** The rate is in checks, the times are a request's. */
async function bulkLoad(place: Place, server: Server, path: string): Promise<Result> {
  const result = await load(place, server, bulk(place, path), { connections: BULK_CONNECTIONS });
  return { ...result, rate: result.rate * BULK };
}

async function using<T>(server: Server, work: (server: Server) => Promise<T>): Promise<T> {
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

/** The least a server can do with the same request. */
export async function askEcho(place: Place, kind: "node" | "hono"): Promise<Result> {
  const port = await freePort();
  const server = await startServer(place.root, ["bench/echo.ts", kind, String(port)], port, {});
  return using(server, () => load(place, server, single(place, "/echo")));
}

export interface GateResults {
  single: Result;
  /** 100 checks a request. */
  bulk: Result;
  /** 2,000 single checks a second, sent on schedule. */
  steady: Result;
}

/** The gate itself. */
export async function askGate(place: Place): Promise<GateResults> {
  const port = await freePort();
  const server = await startServer(place.root, ["gate/server.ts"], port, {
    DATABASE_URL: place.serviceUrl,
    GANTRY_GATE_HOST: "127.0.0.1",
    GANTRY_GATE_PORT: String(port),
    GANTRY_LOG_LEVEL: "error",
  });
  return using(server, async () => {
    const one = await load(place, server, single(place, "/api/v1/cap-checks"));
    const many = await bulkLoad(place, server, "/api/v1/cap-checks/batch");
    const steady = await load(place, server, single(place, "/api/v1/cap-checks"), { rate: 2000 });
    return { single: one, bulk: many, steady };
  });
}

/** The check as Next serves it, and a route of the same app that does nothing. */
export async function askNext(place: Place): Promise<{ nothing: Result; check: Result; bulk: Result }> {
  const server = await startNext(place.root, place.serviceUrl);
  return using(server, async () => ({
    nothing: await load(place, server, single(place, "/nothing")),
    check: await load(place, server, single(place, "/check")),
    bulk: await bulkLoad(place, server, "/bulk"),
  }));
}
