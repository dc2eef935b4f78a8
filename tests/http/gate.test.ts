import { randomUUID } from "node:crypto";
import { Agent, type IncomingMessage, request } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Gate, type GateLimits, startGate } from "#gate/server.ts";
import { capQueueDepth, closeCaps } from "#lib/launch/caps.ts";
import { waitUntil } from "#stack/alive.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newKey, newWorkspace, openCountry, type Workspace } from "#tests/setup/people.ts";

const LIMITS: GateLimits = { requests: 100, bytes: 4_194_304, headersWithin: 5000, requestWithin: 10_000 };

let db: TestDatabase;
let workspace: Workspace;
let key: string;

beforeAll(async () => {
  db = await testDatabase();
  process.env.DATABASE_URL = db.serviceUrl;
  process.env.GANTRY_LOG_LEVEL = "silent";
  workspace = await newWorkspace(db);
  ({ key } = await newKey(db, workspace));
  await openCountry(db, workspace, "PL", { phase: "public" });
});
afterAll(async () => {
  await closeCaps();
  await db.close();
});

async function withGate(limits: Partial<GateLimits>, work: (gate: Gate) => Promise<void>): Promise<void> {
  const gate = await startGate("127.0.0.1", 0, { ...LIMITS, ...limits });
  try {
    await work(gate);
  } finally {
    await gate.stop();
  }
}

interface Answer {
  status: number | undefined;
  headers: IncomingMessage["headers"];
  body: Record<string, unknown>;
}

/** Asks over a connection of its own unless an agent is given. */
function ask(
  gate: Gate,
  how: { method?: string; path?: string; agent?: Agent; body?: string } = {},
): Promise<Answer> {
  const { method = "POST", path = "/api/v1/cap-checks", body = '{"country":"PL","operation":"user"}' } = how;
  const headers = {
    authorization: `Bearer ${key}`,
    "content-type": "application/json",
    "idempotency-key": randomUUID(),
  };
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: gate.host, port: gate.port, method, path, headers, agent: how.agent ?? false },
      (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk;
        });
        answer.on("end", () =>
          resolve({ status: answer.statusCode, headers: answer.headers, body: JSON.parse(text || "null") }),
        );
      },
    );
    sent.on("error", reject);
    sent.end(method === "POST" ? body : undefined);
  });
}

/** Sends what it is given and says what came back before the other side hung up. */
function send(gate: Gate, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect({ host: gate.host, port: gate.port });
    socket.setEncoding("utf8").on("data", (chunk) => {
      answer += chunk;
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(answer));
    socket.write(text);
  });
}

/** Holds Poland's counter, so that whoever checks it waits, until the returned function lets go. */
async function holdCounter(): Promise<() => Promise<void>> {
  const held = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const holding = db.owner.begin(async (sql) => {
    await sql`select from launch.counters where workspace_id = ${workspace.id} and country = 'PL' for update`;
    held.resolve();
    await release.promise;
  });
  await held.promise;
  return async () => {
    release.resolve();
    await holding;
  };
}

test("GATE-01 a gate that is told to stop accepts nobody new, lets the checks under way finish and ends their connections", async () => {
  const gate = await startGate("127.0.0.1", 0, LIMITS);
  const letGo = await holdCounter();
  const agent = new Agent({ keepAlive: true });
  const underWay = Array.from({ length: 8 }, () => ask(gate, { agent }));
  await waitUntil(() => capQueueDepth() === 8, 5000);
  const stopped = gate.stop();
  await expect(ask(gate)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  await letGo();
  const answers = await Promise.all(underWay);
  await stopped;
  expect(answers.map(({ status, body }) => [status, body.allowed])).toEqual(Array(8).fill([200, true]));
  expect(answers.every(({ headers }) => headers.connection === "close")).toBe(true);
});

test("GATE-02 beyond its bound of requests under way a gate answers 503 with Retry-After at once, and takes requests again when there is room", async () => {
  await withGate({ requests: 3 }, async (gate) => {
    const letGo = await holdCounter();
    const underWay = Array.from({ length: 3 }, () => ask(gate));
    await waitUntil(() => capQueueDepth() === 3, 5000);
    const refused = await ask(gate);
    expect(refused).toMatchObject({ status: 503, body: { code: "unavailable" } });
    expect(refused.headers["retry-after"]).toBe("1");
    await letGo();
    expect((await Promise.all(underWay)).map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await ask(gate)).status).toBe(200);
  });
});

test("GATE-03 beyond its bound of bytes under way a gate refuses a body before it reads it", async () => {
  await withGate({ bytes: 1000 }, async (gate) => {
    const large = `{"country":"PL","operation":"user","subject":"${"a".repeat(1000)}"}`;
    expect(await ask(gate, { body: large })).toMatchObject({ status: 503, body: { code: "unavailable" } });
    expect((await ask(gate)).status).toBe(200);
  });
});

test("GATE-04 a sender too slow with its headers or its body is cut off with 408, one with endless headers with 431", async () => {
  await withGate({ headersWithin: 200, requestWithin: 400 }, async (gate) => {
    const start = "POST /api/v1/cap-checks HTTP/1.1\r\nHost: gate\r\n";
    const [slowHeaders, slowBody, endless] = await Promise.all([
      send(gate, start),
      send(gate, `${start}Authorization: Bearer ${key}\r\nContent-Length: 100\r\n\r\n{`),
      send(gate, `${start}X-Long: ${"a".repeat(17_000)}\r\n\r\n`),
    ]);
    expect(slowHeaders).toMatch(/^HTTP\/1\.1 408 /);
    expect(slowBody).toMatch(/^HTTP\/1\.1 408 /);
    expect(endless).toMatch(/^HTTP\/1\.1 431 /);
  });
});

test("GATE-05 a path the gate does not have is 404, a method it does not have 405 with Allow, both as problems", async () => {
  await withGate({}, async (gate) => {
    const paths: [method: string, path: string, status: number, allow?: string][] = [
      ["GET", "/api/v1/countries", 404],
      ["POST", "/api/v1/cap-checks/", 404],
      ["GET", "/api/v1/cap-checks", 405, "POST"],
      ["GET", "/api/v1/cap-checks/batch", 405, "POST"],
      ["DELETE", `/api/v1/cap-checks/${randomUUID()}`, 405, "GET"],
      ["POST", "/api/health", 405, "GET"],
    ];
    for (const [method, path, status, allow] of paths) {
      const answer = await ask(gate, { method, path });
      expect(answer, `${method} ${path}`).toMatchObject({ status, body: { status } });
      expect(answer.headers["content-type"]).toBe("application/problem+json");
      expect(answer.headers.allow, `${method} ${path}`).toBe(allow);
    }
  });
});

test("GATE-06 a gate is live whatever its database does, and says that it is ready with the newest migration and each job", async () => {
  await withGate({}, async (gate) => {
    expect(await ask(gate, { method: "GET", path: "/api/health" })).toMatchObject({
      status: 200,
      body: { status: "live" },
    });
    const ready = await ask(gate, { method: "GET", path: "/api/ready" });
    expect(ready).toMatchObject({ status: 200, body: { status: "ready", database: "up" } });
    expect(ready.body.migration).toMatch(/^\d{14}$/);
    expect(Object.keys(ready.body.jobs as object)).toContain("launch:expire-reservations");
  });
});
