import { join } from "node:path";
import { freePort } from "#stack/ports.ts";
import { runJob, type Server, startServer } from "./children.ts";
import { EVENTS, eventOf } from "./ingest.ts";
import type { LoadJob } from "./load.ts";
import type { Result } from "./measure.ts";
import type { Place } from "./place.ts";

const CONNECTIONS = 64;
const SECONDS = { warm: 2, measured: 4 };
const CHECK = { country: "PL", operation: "user", units: 1 };
const BULK = 100;
const BULK_CONNECTIONS = 8;

/** The requests of one row: to which path, and how they come. */
export interface Load {
  path: string;
  /** 100 checks a request: the rate is then in checks, the times are a request's. */
  bulk?: boolean;
  /** Requests a second on schedule; without it each connection asks again when it is answered. */
  rate?: number;
}

function requestOf(place: Place, bulk: boolean): Pick<LoadJob, "headers" | "body"> {
  const authorization = `Authorization: Bearer ${place.apiKey}`;
  if (!bulk) return { headers: [authorization, "Idempotency-Key: {key}"], body: JSON.stringify(CHECK) };
  const checks = Array.from({ length: BULK }, () => ({ ...CHECK, idempotency_key: "{key}" }));
  return { headers: [authorization], body: JSON.stringify({ checks }) };
}

/** Loads a server with batches of 1,000 events over 4 connections, then stops it. The rate is in events. */
export async function loadEvents(place: Place, starting: Promise<Server>, path: string): Promise<Result> {
  const server = await starting;
  try {
    const job: LoadJob = {
      path,
      port: server.port,
      headers: [`Authorization: Bearer ${place.apiKey}`],
      contentType: "application/cloudevents-batch+json",
      body: JSON.stringify(eventOf("{key}")),
      repeat: EVENTS,
      connections: 4,
      seconds: SECONDS,
    };
    const result = await runJob(place.root, "bench/load.ts", job, {});
    return { ...result, rate: (result.rate ?? 0) * EVENTS };
  } finally {
    await server.stop();
  }
}

/** Loads a server from a process of its own, then stops the server. */
export async function loadServer(
  place: Place,
  starting: Promise<Server>,
  { path, bulk = false, rate }: Load,
): Promise<Result> {
  const server = await starting;
  try {
    const job: LoadJob = {
      ...requestOf(place, bulk),
      path,
      port: server.port,
      connections: bulk ? BULK_CONNECTIONS : CONNECTIONS,
      seconds: SECONDS,
      ...(rate === undefined ? {} : { rate }),
    };
    const result = await runJob(place.root, "bench/load.ts", job, {});
    return bulk ? { ...result, rate: (result.rate ?? 0) * BULK } : result;
  } finally {
    await server.stop();
  }
}

/** The least a server can do with the same request. */
export async function startEcho(place: Place, kind: "node" | "hono"): Promise<Server> {
  const port = await freePort();
  return startServer(place.root, ["bench/echo.ts", kind, String(port)], port, {});
}

/** The gate itself, on a free port or on the one given. */
export async function startGate(place: Place, on?: number): Promise<Server> {
  const port = on ?? (await freePort());
  return startServer(place.root, ["gate/server.ts"], port, {
    DATABASE_URL: place.serviceUrl,
    GANTRY_SECRET: "a secret of at least 32 characters",
    GANTRY_SITE_URL: "http://127.0.0.1:3000",
    GANTRY_GATE_HOST: "127.0.0.1",
    GANTRY_TRUSTED_PROXIES: "1",
    GANTRY_GATE_PORT: String(port),
    GANTRY_LOG_LEVEL: "error",
    NODE_COMPILE_CACHE: join(place.dir, "compiled"),
  });
}

/** Asks one check now. Returns its status, 0 when nobody answered. */
export async function askOnce(place: Place, port: number, key: string): Promise<number> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/cap-checks`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${place.apiKey}`,
        "content-type": "application/json",
        "idempotency-key": key,
      },
      body: JSON.stringify(CHECK),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}
