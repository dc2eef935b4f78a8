import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type Gate, startGate } from "#gate/server.ts";
import { DOOR_TEXTS } from "#lib/links/door-texts.ts";
import { closeLinks, targetOf } from "#lib/links/find-link.ts";
import { clicksKept, closeClicks } from "#lib/links/keep-clicks.ts";
import { PAGE_LANGUAGES } from "#lib/queue/page-words.ts";
import { waitUntil } from "#stack/alive.ts";
import { type Actuals, actuals, newCampaign, newLink, type TestLink } from "#tests/setup/campaigns.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, newWorkspace, openCountry, type Workspace } from "#tests/setup/people.ts";
import { type CuttableDatabase, cuttable } from "./serve-routes.ts";

const PHONE =
  "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36";

let db: TestDatabase;
let relay: CuttableDatabase;
let gate: Gate;
let w: Workspace;
let campaign: string;
let link: TestLink;

beforeAll(async () => {
  db = await testDatabase();
  relay = await cuttable(db.serviceUrl);
  process.env.DATABASE_URL = relay.url;
  process.env.GANTRY_LOG_LEVEL = "silent";
  gate = await startGate("127.0.0.1", 0);
});
afterAll(async () => {
  await gate.stop();
  await closeClicks();
  await closeLinks();
  await relay.cut();
  await db.close();
});
beforeEach(async () => {
  w = await newWorkspace(db);
  await openCountry(db, w, "PL", { user: 5 });
  campaign = await newCampaign(db, w);
  link = await newLink(db, w, campaign);
});

/** Follows an address as a phone does, and not where it leads. */
const go = (slug: string, headers: Record<string, string> = {}, method = "GET") =>
  fetch(`http://${gate.host}:${gate.port}/go/${slug}`, {
    method,
    redirect: "manual",
    headers: { "user-agent": PHONE, "x-forwarded-for": "192.0.2.7", ...headers },
  });
const full = () =>
  db.owner`update launch.counters set used = 5 where workspace_id = ${w.id} and operation = 'user'`;

/** The campaign's sums, once every click so far is kept. */
async function expectSums(sums: Partial<Actuals>): Promise<void> {
  await clicksKept();
  expect(await actuals(db, campaign)).toMatchObject(sums);
}

test("LINK-20 a followed link leads to its stored address with the click's id, and the click is kept", async () => {
  const response = await go(link.slug, { "cf-ipcountry": "PL" });
  expect(response.status).toBe(302);
  const location = new URL(response.headers.get("location") ?? "");
  expect(location.origin + location.pathname).toBe("https://example.com/app");
  expect(response.headers.get("cache-control")).toBe("no-store");
  await expectSums({ clicks: 1, visitors: 1, bots: 0 });
  const [kept] =
    await db.owner`select country, bot, door, source, at <= now() as past from launch.clicks where id = ${location.searchParams.get("gty_click")}`;
  expect(kept).toEqual({ country: "PL", bot: null, door: "open", source: "redirect", past: true });
});

test.each([
  ["https://example.com/app", "https://example.com/app?gty_click=", ""],
  ["https://example.com/?a=1", "https://example.com/?a=1&gty_click=", ""],
  ["https://example.com/?a=1#part", "https://example.com/?a=1&gty_click=", "#part"],
  ["https://example.com/?gty_click=forged&a=1", "https://example.com/?a=1&gty_click=", ""],
  ["https://example.com/?", "https://example.com/?gty_click=", ""],
])("LINK-21 the click's id goes into the query of %s, before its fragment", (address, before, after) => {
  expect(targetOf(address)).toEqual({ before, after });
});

test("LINK-22 nothing of a request decides where it leads, and nothing of it reaches a header", async () => {
  const from = `http://${gate.host}:${gate.port}`;
  const asked = [
    `/go/${link.slug}?url=https://evil.example/&next=//evil.example`,
    `/go/${link.slug}?again=%0d%0aset-cookie:a=b`,
    `/go/${link.slug}?gty_click=forged`,
    `/go/${link.slug.toUpperCase()}`,
  ];
  for (const path of asked) {
    const response = await fetch(from + path, {
      redirect: "manual",
      headers: { "user-agent": PHONE, "x-forwarded-host": "evil.example", referer: "https://evil.example/" },
    });
    expect(response.headers.get("location")).toMatch(
      /^https:\/\/example\.com\/app\?gty_click=[0-9a-f-]{36}$/,
    );
    expect(response.headers.get("set-cookie")).toBeNull();
  }
  for (const path of [
    "//evil.example",
    "/go/%2F%2Fevil.example",
    "/go/https:%2F%2Fevil.example",
    "/go/..%2f..",
    "/go/a%0d%0ab",
  ]) {
    const raw = await new Promise<string>((resolve, reject) => {
      let text = "";
      const socket = connect({ host: gate.host, port: gate.port }, () =>
        socket.end(`GET ${path} HTTP/1.1\r\nhost: gantry\r\nconnection: close\r\n\r\n`),
      );
      socket.setEncoding("utf8").on("data", (part) => {
        text += part;
      });
      socket.on("close", () => resolve(text)).on("error", reject);
    });
    expect(raw, path).toMatch(/^HTTP\/1\.1 40[04] /);
    expect(raw.toLowerCase(), path).not.toContain("\r\nlocation:");
  }
});

test("LINK-23 programs, HEAD requests and prefetches are led on and not counted as people", async () => {
  const quiet: [string, Record<string, string>, string?][] = [
    [
      "user_agent",
      { "user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)" },
    ],
    ["user_agent", { "user-agent": "facebookexternalhit/1.1" }],
    ["user_agent", { "user-agent": "curl/8.5.0" }],
    ["user_agent", { "user-agent": "" }],
    ["prefetch", { "sec-purpose": "prefetch" }],
    ["prefetch", { "sec-purpose": "prefetch;prerender" }],
    ["prefetch", { purpose: "prefetch" }],
    ["prefetch", { "x-moz": "prefetch" }],
    ["head", {}, "HEAD"],
  ];
  for (const [reason, headers, method] of quiet) {
    const response = await go(link.slug, headers, method);
    expect(response.status, reason).toBe(302);
    const id = new URL(response.headers.get("location") ?? "").searchParams.get("gty_click");
    await clicksKept();
    const [kept] = await db.owner`select bot from launch.clicks where id = ${id}`;
    expect(kept, JSON.stringify(headers)).toEqual({ bot: reason });
  }
  await expectSums({ clicks: 0, visitors: 0, bots: quiet.length });
});

test("LINK-24 one visitor's flood is led on and counted as 120 clicks; another visitor beside it counts", async () => {
  // One minute, which the flood can't outlast.
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  const statuses = await Promise.all(Array.from({ length: 400 }, async () => (await go(link.slug)).status));
  expect(new Set(statuses)).toEqual(new Set([302]));
  await go(link.slug, { "x-forwarded-for": "192.0.2.8" });
  vi.useRealTimers();
  await expectSums({ clicks: 121, visitors: 2, bots: 120 });
});

test("LINK-34 who invents an address before the proxy's word stays one visitor", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  await Promise.all(
    Array.from({ length: 200 }, (_, n) =>
      go(link.slug, {
        "x-forwarded-for": `203.0.113.${n}, 192.0.2.7`,
        "x-real-ip": `203.0.113.${n}`,
        "cf-connecting-ip": `203.0.113.${n}`,
      }),
    ),
  );
  vi.useRealTimers();
  await expectSums({ clicks: 120, visitors: 1, bots: 80 });
});

test("LINK-25 an address that is no link, or one out of use, is a page that says so, in the reader's language", async () => {
  for (const slug of ["no-such-link", "x", "A B", "%00"]) {
    const response = await go(encodeURIComponent(slug));
    expect(response.status, slug).toBe(404);
    expect(response.headers.get("location")).toBeNull();
  }
  await asPerson(
    db,
    w.owner,
    (sql) => sql`select launch.change_campaign_link(${w.id}, ${campaign}, ${link.slug}, p_active => false)`,
  );
  const response = await go(link.slug, { "accept-language": "it" });
  expect(response.status).toBe(404);
  expect(await response.text()).toContain("Questo link non esiste");
  expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
});

test("LINK-26 a change of a link holds within two seconds for whoever follows it, also while it is followed all the time", async () => {
  expect((await go(link.slug)).headers.get("location")).toContain("https://example.com/app");
  await asPerson(
    db,
    w.owner,
    (sql) =>
      sql`select launch.change_campaign_link(${w.id}, ${campaign}, ${link.slug}, p_destination => 'https://example.org/new')`,
  );
  const changedAt = Date.now();
  let location = "";
  while (!location.startsWith("https://example.org/new?")) {
    location = (await go(link.slug)).headers.get("location") ?? "";
    expect(Date.now() - changedAt).toBeLessThan(4000);
  }
});

test("LINK-27 while the country is full a link leads to where people wait, and counts as a click that waited", async () => {
  const waiting = await newLink(db, w, campaign, { waiting: "https://example.com/wait?from=full" });
  await full();
  const response = await go(waiting.slug);
  expect(response.headers.get("location")).toMatch(
    /^https:\/\/example\.com\/wait\?from=full&gty_click=[0-9a-f-]{36}$/,
  );
  await expectSums({ clicks: 1, waiting: 1 });
  expect(await db.owner`select from launch.tickets where workspace_id = ${w.id}`).toHaveLength(0);
});

test("LINK-28 without such an address the link says when it opens, looks again by itself, stays one click and leads on once open", async () => {
  await full();
  const response = await go(link.slug, { "accept-language": "pl" });
  expect(response.status).toBe(200);
  expect(response.headers.get("cache-control")).toBe("no-store");
  const html = await response.text();
  expect(html).toContain('<html lang="pl">');
  expect(html).toContain(DOOR_TEXTS.pl.full);
  expect(html).not.toContain("<script");
  const again = /http-equiv="refresh" content="(\d+);url=(\/go\/[^"]+)"/.exec(html);
  expect(Number(again?.[1])).toBeGreaterThan(0);
  const next = again?.[2] ?? "";
  expect(next).toMatch(new RegExp(`^/go/${link.slug}\\?again=[0-9a-f-]{36}$`));
  const look = () => go(next.slice("/go/".length));
  expect((await look()).status).toBe(200);
  expect((await look()).status).toBe(200);
  await db.owner`update launch.counters set used = 0 where workspace_id = ${w.id}`;
  let opened = await look();
  await waitUntil(async () => {
    opened = await look();
    return opened.status === 302;
  }, 5000);
  expect(opened.headers.get("location")).toBe(`https://example.com/app?gty_click=${next.slice(-36)}`);
  await expectSums({ clicks: 1, waiting: 1 });
});

test("LINK-29 while the database is away a link that was followed still leads on, and its clicks are kept when it is back", async () => {
  await go(link.slug);
  await relay.cut();
  const startedAt = performance.now();
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) => go(link.slug, { "x-forwarded-for": `192.0.2.${n + 20}` })),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 302));
  expect(performance.now() - startedAt).toBeLessThan(8000);
  const unknown = await go("never-followed");
  expect(unknown.status).toBe(503);
  expect(unknown.headers.get("location")).toBeNull();
  await relay.mend();
  await expectSums({ clicks: 21, visitors: 21 });
}, 30_000);

test.each(PAGE_LANGUAGES.filter((language) => language !== "en"))(
  "LINK-30 the page of a closed door has every sentence in %s, none of them English",
  (language) => {
    const parts = (text: string) => (text.match(/\{\w+\}/g) ?? []).toSorted();
    expect(Object.keys(DOOR_TEXTS[language]).toSorted()).toEqual(Object.keys(DOOR_TEXTS.en).toSorted());
    for (const [name, english] of Object.entries(DOOR_TEXTS.en)) {
      const said = DOOR_TEXTS[language][name as keyof (typeof DOOR_TEXTS)["en"]];
      expect(said).not.toBe(english);
      expect(parts(said)).toEqual(parts(english));
    }
  },
);
