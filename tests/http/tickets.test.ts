import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { POST as leavePost } from "#app/q/[token]/leave/route.ts";
import { GET as pageGet } from "#app/q/[token]/route.ts";
import { GET as statusGet } from "#app/q/[token]/status/route.ts";
import { ticketEnv } from "#lib/env.ts";
import { TEXTS } from "#lib/queue/page-texts.ts";
import { readTicketToken, ticketToken } from "#lib/queue/token.ts";
import type { Handler } from "#lib/route.ts";
import { setClock, type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import {
  asPerson,
  newKey,
  newWorkspace,
  openCountry,
  type TestKey,
  type Workspace,
} from "#tests/setup/people.ts";
import { type Api, ask, serveApi } from "./api.ts";

const NOON = "2026-06-01T10:00:00.000Z";
const RETURN = "https://app.example.com/join?from=queue";

let db: TestDatabase;
let api: Api;
let w: Workspace;
let key: TestKey;

beforeAll(async () => {
  db = await testDatabase();
  process.env.DATABASE_URL = db.serviceUrl;
  process.env.GANTRY_LOG_LEVEL = "silent";
  api = await serveApi();
});
afterAll(async () => {
  await api.close();
  await db.close();
});
beforeEach(async () => {
  await setClock(db, NOON);
  w = await newWorkspace(db);
  key = await newKey(db, w);
  await openCountry(db, w, "PL", { user: 100 });
  await act(`launch.change_queue('${w.id}', 'user', true, 120, 300, true, '${RETURN}')`);
  await throttle(2);
});

const act = (statement: string) => asPerson(db, w.owner, (sql) => sql.unsafe(`select ${statement}`));
const throttle = (level: number | null) =>
  act(
    `launch.override_throttle('${w.id}', ${level}, ${level === null ? null : "'2026-06-02T10:00:00Z'"}, 'drill')`,
  );
async function open(): Promise<void> {
  await throttle(null);
  await db.owner`select launch.admit_tickets()`;
}

type Place = { token: string; state: string; place: number | null; poll_after_seconds: number; page: string };

async function queueUp(idempotencyKey: string = randomUUID(), extra: object = {}) {
  const reply = await ask(api, {
    path: "/api/v1/cap-checks",
    key: key.key,
    body: { country: "PL", operation: "user", queue: true, ...extra },
    headers: { "idempotency-key": idempotencyKey },
  });
  return reply.body as { id: string; reason: string; ticket?: Place };
}
async function ticketOf(): Promise<Place> {
  const { ticket } = await queueUp();
  if (ticket === undefined) throw new Error("the answer carries no ticket");
  return ticket;
}
const ticketAt = (
  token: string,
  how: { method?: string; tail?: string; body?: unknown; key?: string } = {},
) =>
  ask(api, {
    path: `/api/v1/tickets/${token}${how.tail ?? ""}`,
    key: how.key ?? key.key,
    ...(how.method === undefined ? {} : { method: how.method }),
    ...(how.body === undefined ? {} : { body: how.body }),
  });
const claim = (token: string, body: unknown = {}) => ticketAt(token, { tail: "/claim", body });

const visit = (handler: Handler, token: string, language = "en", method = "GET") =>
  handler(
    new Request(`https://gantry.example.com/q/${token}`, {
      method,
      headers: { "accept-language": language },
    }),
    {
      params: Promise.resolve({ token }),
    },
  );

test("QUE-20 a queued answer carries its ticket, and a replay the same token; others carry none", async () => {
  const first = await queueUp("ann");
  expect(first).toMatchObject({
    reason: "queued",
    ticket: { state: "waiting", place: 1, poll_after_seconds: 5 },
  });
  const second = await queueUp("bob");
  expect(second.ticket).toMatchObject({ place: 2 });
  const again = await queueUp("ann");
  expect(again.ticket).toEqual(first.ticket);
  expect(first.ticket?.page).toBe(`https://gantry.example.com/q/${first.ticket?.token}`);
  expect((await queueUp("cy", { queue: false })).ticket).toBeUndefined();
  await open();
  expect((await queueUp("ann")).ticket).toMatchObject({
    token: first.ticket?.token,
    state: "ready",
    place: null,
  });
  expect((await queueUp("dan")).reason).toBe("granted");
});

test("QUE-21 each check of a batch that was queued carries its own ticket, in order", async () => {
  const { body } = await ask(api, {
    path: "/api/v1/cap-checks/batch",
    key: key.key,
    body: {
      checks: [
        { country: "PL", operation: "user", queue: true, idempotency_key: "a" },
        { country: "PL", operation: "payment", queue: true, idempotency_key: "b" },
        { country: "PL", operation: "user", queue: true, idempotency_key: "c" },
        { country: "PL", operation: "user", queue: true, idempotency_key: "a" },
      ],
    },
  });
  const data = body?.data as { reason: string; ticket?: Place }[];
  expect(data.map(({ ticket }) => ticket?.place)).toEqual([1, undefined, 2, 1]);
  expect(data[3]?.ticket?.token).toBe(data[0]?.ticket?.token);
});

test("QUE-22 a token changed in any character, cut, prolonged or signed by another secret is no ticket", async () => {
  const { token } = await ticketOf();
  const { GANTRY_SECRET } = ticketEnv();
  const name = readTicketToken(GANTRY_SECRET, token);
  expect(name?.workspaceId).toBe(w.id);
  const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  for (let at = 0; at < token.length; at += 1) {
    for (const sign of ALPHABET) {
      if (sign === token[at]) continue;
      expect(readTicketToken(GANTRY_SECRET, token.slice(0, at) + sign + token.slice(at + 1))).toBeNull();
    }
  }
  if (name === null) throw new Error("the token names nothing");
  const forged = ticketToken("another secret of at least 32 characters", name);
  for (const bad of [forged, token.slice(1), `${token}A`, `${token}=`, "x", name.ticketId]) {
    for (const reply of [await ticketAt(bad), await ticketAt(bad, { method: "DELETE" }), await claim(bad)]) {
      expect([reply.status, reply.body?.code]).toEqual([404, "not_found"]);
    }
    expect((await visit(pageGet, bad)).status).toBe(404);
    expect((await visit(statusGet, bad)).status).toBe(404);
    expect((await visit(leavePost, bad, "en", "POST")).status).toBe(404);
  }
  expect((await ticketAt(token)).body).toMatchObject({ state: "waiting", place: 1 });
});

test("QUE-23 a key of another workspace finds no ticket of this one, neither to read nor to claim nor to end", async () => {
  const { token } = await ticketOf();
  await open();
  const stranger = await newKey(db, await newWorkspace(db));
  for (const how of [{}, { method: "DELETE" }, { tail: "/claim", body: {} }]) {
    const reply = await ticketAt(token, { ...how, key: stranger.key });
    expect([reply.status, reply.body?.code]).toEqual([404, "not_found"]);
  }
  expect((await ticketAt(token)).body).toMatchObject({ state: "ready" });
});

test("QUE-24 a claim before its turn is no; at its turn it holds the units once, and its reservation is committed like any other", async () => {
  const { token } = await ticketOf();
  expect((await claim(token)).body).toMatchObject({ state: "waiting", reservation: null });
  await open();
  const first = (await claim(token, { hold_seconds: 900 })).body;
  expect(first).toMatchObject({ state: "claimed", reservation: { expires_at: "2026-06-01T10:15:00.000Z" } });
  expect((await claim(token)).body).toEqual(first);
  const { id } = Object(first).reservation as { id: string };
  const commit = await ask(api, { path: `/api/v1/cap-checks/${id}/commit`, key: key.key, method: "POST" });
  expect(commit.body).toMatchObject({ state: "committed" });
  for (const hold_seconds of [0, 3601, 1.5]) {
    expect((await claim(token, { hold_seconds })).body?.code).toBe("invalid_input");
  }
});

test("QUE-25 who leaves, by the product or by the page, gives the place to the next", async () => {
  const [first, second, third] = [await ticketOf(), await ticketOf(), await ticketOf()];
  expect((await ticketAt(first.token, { method: "DELETE" })).body).toMatchObject({ state: "left" });
  expect((await ticketAt(third.token)).body).toMatchObject({ place: 2 });
  const left = await visit(leavePost, second.token, "en", "POST");
  expect([left.status, left.headers.get("location")]).toEqual([303, `/q/${second.token}`]);
  expect((await ticketAt(third.token)).body).toMatchObject({ place: 1 });
  expect(await (await visit(pageGet, second.token)).text()).toContain("You have left the queue");
});

test("QUE-26 the waiting page says where one stands in the reader's language, or the country's, and leads on with the ticket", async () => {
  const { token } = await ticketOf();
  const english = await visit(pageGet, token, "en-GB,pl;q=0.5");
  const html = await english.text();
  expect(html).toContain('<html lang="en">');
  expect(html).toContain("You are next.");
  expect(html).toMatch(/<noscript><meta http-equiv="refresh" content="(2\d|30)"><\/noscript>/);
  expect(html).not.toContain(RETURN);
  expect(english.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect([english.headers.get("cache-control"), english.headers.get("x-robots-tag")]).toEqual([
    "no-store",
    "noindex",
  ]);
  expect(english.headers.get("set-cookie")).toBeNull();
  const polish = await (await visit(pageGet, token, "ja, fr;q=0.2")).text();
  expect(polish).toContain('<html lang="pl">');
  expect(polish).toContain("Jesteś w kolejce");
  const status = await (await visit(statusGet, token)).json();
  expect(status).toMatchObject({
    state: "waiting",
    place: 1,
    poll_after_seconds: 5,
    title: "You are in the queue",
  });
  expect(JSON.stringify(status)).not.toContain(w.id);
  await open();
  const ready = await (await visit(pageGet, token)).text();
  expect(ready).toContain(`href="https://app.example.com/join?from=queue&amp;ticket=${token}"`);
  await claim(token);
  expect(await (await visit(pageGet, token)).text()).toContain("You are through");
});

test("QUE-27 a name that is markup stays text on the page", async () => {
  await db.owner`update app.workspaces set name = '<script>alert(1)</script>' where id = ${w.id}`;
  const html = await (await visit(pageGet, (await ticketOf()).token)).text();
  expect(html).not.toContain("<script>alert");
  expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
});

test("QUE-28 one ticket is looked at sixty times a minute and then told to wait; another's holder is not held up", async () => {
  const [one, other] = [await ticketOf(), await ticketOf()];
  for (let i = 0; i < 60; i += 1) expect((await visit(statusGet, one.token)).status).toBe(200);
  const refused = await visit(statusGet, one.token);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await visit(statusGet, other.token)).status).toBe(200);
});

test("QUE-63 a person who looks too often reads a page in their language that looks again by itself after Retry-After, without a script", async () => {
  const { token } = await ticketOf();
  for (let i = 0; i < 60; i += 1) expect((await visit(pageGet, token)).status).toBe(200);
  for (const [language, lang, title] of [
    ["it", "it", TEXTS.it.too_often],
    ["ja", "pl", TEXTS.pl.too_often],
  ] as const) {
    const response = await visit(pageGet, token, language);
    expect(response.status).toBe(429);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("cache-control")).toBe("no-store");
    const after = Number(response.headers.get("retry-after"));
    expect(after).toBeGreaterThan(0);
    expect(after).toBeLessThanOrEqual(60);
    const html = await response.text();
    expect(html).toContain(`<html lang="${lang}">`);
    expect(html).toContain(`<h1 aria-live="polite">${title}</h1>`);
    expect(html).not.toContain("<script");
    const head = html.slice(0, html.indexOf("</head>"));
    const refresh = Number(/<meta http-equiv="refresh" content="(\d+)">/.exec(head)?.[1]);
    expect(refresh).toBeGreaterThan(after);
    expect(html.slice(html.indexOf("<body>"))).toContain(` ${refresh} `);
  }
  const refused = await visit(statusGet, token);
  expect([refused.status, refused.headers.get("content-type")]).toEqual([429, "application/problem+json"]);
  expect(await refused.json()).toMatchObject({ code: "rate_limited" });
  const left = await visit(leavePost, token, "en", "POST");
  expect([left.status, left.headers.get("location")]).toEqual([303, `/q/${token}`]);
  expect((await ticketAt(token)).body).toMatchObject({ state: "left" });
});

test("QUE-64 while the place can't be read a person reads that it is kept, on a page that tries again by itself; a status stays a problem", async () => {
  const { token } = await ticketOf();
  await db.owner`revoke execute on function launch.read_ticket(uuid, uuid) from gantry_service`;
  try {
    const response = await visit(pageGet, token, "cs");
    expect(response.status).toBe(500);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const html = await response.text();
    expect(html).toContain(TEXTS.cs.away);
    expect(html).toMatch(/<meta http-equiv="refresh" content="\d+">/);
    expect((await visit(statusGet, token)).headers.get("content-type")).toBe("application/problem+json");
  } finally {
    await db.owner`grant execute on function launch.read_ticket(uuid, uuid) to gantry_service`;
  }
  const missing = await visit(leavePost, "x", "sk", "POST");
  expect([missing.status, (await missing.text()).includes(TEXTS.sk.missing)]).toEqual([404, true]);
});
