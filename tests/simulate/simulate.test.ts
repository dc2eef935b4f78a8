import { spawn } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Gate, startGate } from "#gate/server.ts";
import { type ServedRoutes, serveRoutes } from "#tests/http/serve-routes.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import {
  asPerson,
  newKey,
  newWorkspace,
  openCountry,
  type TestKey,
  type Workspace,
} from "#tests/setup/people.ts";

let db: TestDatabase;
let gate: Gate;
let api: ServedRoutes;
let attributing: NodeJS.Timeout;

beforeAll(async () => {
  db = await testDatabase();
  // What the scheduler does each minute, of what is a minute old.
  attributing = setInterval(() => {
    db.owner`select launch.attribute_events('0 seconds')`.catch(() => undefined);
  }, 500);
  process.env.DATABASE_URL = db.serviceUrl;
  process.env.GANTRY_LOG_LEVEL = "silent";
  gate = await startGate("127.0.0.1", 0);
  api = await serveRoutes();
});
afterAll(async () => {
  clearInterval(attributing);
  await gate.stop();
  await api.close();
  await db.close();
});

interface Run {
  code: number | null;
  text: string;
}

/** Six hours of a small day in about two seconds, with its own workspace. */
async function simulate(key: TestKey, url: string, more: string[] = []): Promise<Run> {
  const run = start(key, url, ["--duration", "6", "--speed", "10800", ...more]);
  return run.ended;
}

function start(key: TestKey, url: string, more: string[]) {
  const args = ["simulate/main.ts", "--url", url, "--console-url", api.url, "--key", key.key, "--activate"];
  const child = spawn(process.execPath, [...args, "--seed", "7", "--volume", "800", "--plain", ...more]);
  let text = "";
  const listeners: (() => void)[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      text += stripVTControlCharacters(chunk);
      for (const listener of listeners) listener();
    });
  }
  return {
    child,
    said: (words: string) =>
      new Promise<void>((resolve) => {
        const look = () => (text.includes(words) ? resolve() : undefined);
        listeners.push(look);
        look();
      }),
    ended: new Promise<Run>((resolve) => child.on("close", (code) => resolve({ code, text }))),
  };
}

async function freshKey(): Promise<{ workspace: Workspace; key: TestKey }> {
  const workspace = await newWorkspace(db);
  return { workspace, key: await newKey(db, workspace) };
}

const gateUrl = () => `http://127.0.0.1:${gate.port}`;

interface Left {
  code: string;
  phase: string;
  cap: number;
  held: number;
}

async function countriesOf(workspace: Workspace): Promise<Left[]> {
  return asPerson(db, workspace.owner, async (sql) => [
    ...(await sql<Left[]>`
        select country as code, phase, cap, held from launch.capacity
        where workspace_id = ${workspace.id} and operation = 'user' order by country`),
  ]);
}

test("SIMULATE-01 a launch day against the real gate keeps every promise and leaves the workspace as it says", async () => {
  const { workspace, key } = await freshKey();
  await openCountry(db, workspace, "PL", { user: 10 });
  const { code, text } = await simulate(key, gateUrl());
  expect({ code, text }).toMatchObject({ code: 0 });
  for (const promise of [
    "never over-admits",
    "granted less released is what the counters say",
    "same key, same answer, byte for byte",
    "a reservation is settled once",
    "a pause is immediate",
    "a full cap says when it opens: the next local midnight",
    "a receipt says what the answer said",
    "every question was answered",
    "a tracked link counts each click once, bots apart",
    "installs and registrations are given to the link they came through, once each",
  ]) {
    expect(text).toContain(`kept     ${promise}`);
  }
  const after = await countriesOf(workspace);
  expect(after.map((country) => country.code)).toEqual(["BG", "CZ", "GR", "HR", "IT", "PL", "RO", "SK"]);
  expect(after.find((country) => country.code === "PL")).toMatchObject({ phase: "soft", cap: 10, held: 0 });
  const others = after.filter((country) => country.code !== "PL");
  expect(others.every((country) => country.phase === "pause" && country.held === 0)).toBe(true);
  expect(text).toContain("now paused");
});

test("SIMULATE-02 a second run opens again what the first one left paused", async () => {
  const { workspace, key } = await freshKey();
  await simulate(key, gateUrl());
  const { code, text } = await simulate(key, gateUrl(), ["--keep"]);
  expect({ code, text }).toMatchObject({ code: 0 });
  expect((await countriesOf(workspace)).every((country) => country.phase === "soft")).toBe(true);
});

test("SIMULATE-03 a gate that lets more in than the cap ends it with 1 and the promise's name", async () => {
  const broken = await serveRoutes({
    async changesAnswer(request, answer) {
      if (!new URL(request.url).pathname.endsWith("/cap-checks") || answer.status !== 200) return answer;
      const said = await answer.json();
      if (said.reason !== "cap_reached") return new Response(JSON.stringify(said), answer);
      const changed = { ...said, allowed: true, reason: "granted", retry_after: null };
      return new Response(JSON.stringify(changed), answer);
    },
  });
  const { key } = await freshKey();
  const { code, text } = await simulate(key, broken.url);
  await broken.close();
  expect({ code, text }).toMatchObject({ code: 1 });
  expect(text).toContain("BROKEN   never over-admits");
  expect(text).toMatch(/Broken: .*never over-admits/);
});

test("SIMULATE-04 a gate that changes its answers, lets people in during a pause or misnames midnight is found out by name", async () => {
  let count = 0;
  const broken = await serveRoutes({
    async changesAnswer(request, answer) {
      if (!new URL(request.url).pathname.endsWith("/cap-checks") || answer.status !== 200) return answer;
      const said = await answer.json();
      if (answer.headers.get("idempotent-replayed") === "true") said.remaining = ++count;
      if (said.reason === "paused") Object.assign(said, { allowed: true, reason: "granted" });
      if (said.reason === "cap_reached") said.retry_after = said.decided_at;
      return new Response(JSON.stringify(said), answer);
    },
  });
  const { key } = await freshKey();
  const { code, text } = await simulate(key, broken.url);
  await broken.close();
  expect({ code, text }).toMatchObject({ code: 1 });
  for (const promise of [
    "granted less released is what the counters say",
    "same key, same answer, byte for byte",
    "a pause is immediate",
    "a full cap says when it opens",
    "a receipt says what the answer said",
  ]) {
    expect(text).toContain(`BROKEN   ${promise}`);
  }
});

test("SIMULATE-08 a link that forgets a click, or gives a registration to nobody, is found out by name", async () => {
  const broken = await serveRoutes({
    async changesAnswer(request, answer) {
      if (request.method !== "GET" || !new URL(request.url).pathname.endsWith("/links")) return answer;
      const said = await answer.json();
      const data = said.data.map((link: { clicks: number; registrations: number }) => ({
        ...link,
        clicks: Math.max(link.clicks - 1, 0),
        registrations: Math.max(link.registrations - 1, 0),
      }));
      return new Response(JSON.stringify({ ...said, data }), answer);
    },
  });
  const { key } = await freshKey();
  const { code, text } = await simulate(key, gateUrl(), ["--console-url", broken.url, "--patience", "2"]);
  await broken.close();
  expect({ code, text }).toMatchObject({ code: 1 });
  expect(text).toContain("BROKEN   a tracked link counts each click once");
  expect(text).toContain("BROKEN   installs and registrations are given to the link");
  expect(text).toContain("kept     never over-admits");
});

test("SIMULATE-05 Ctrl-C settles what is under way, reports and undoes its changes", async () => {
  const { workspace, key } = await freshKey();
  const run = start(key, gateUrl(), ["--duration", "24", "--speed", "720"]);
  await run.said("opened for the run");
  run.child.kill("SIGINT");
  const { code, text } = await run.ended;
  expect({ code, text }).toMatchObject({ code: 0 });
  expect(text).toContain("Stopped early");
  expect(text).toContain("Promises, checked from outside");
  expect((await countriesOf(workspace)).every(({ phase, held }) => phase === "pause" && held === 0)).toBe(
    true,
  );
});

test("SIMULATE-06 without leave to activate it changes no country", async () => {
  const { workspace, key } = await freshKey();
  await openCountry(db, workspace, "PL", { user: 500 });
  const { code, text } = await simulate(key, gateUrl(), ["--no-activate"]);
  expect({ code, text }).toMatchObject({ code: 0 });
  expect(await countriesOf(workspace)).toEqual([{ code: "PL", phase: "soft", cap: 500, held: 0 }]);
  expect(text).toContain("untried  a pause is immediate");
});

test("SIMULATE-07 nothing to talk to, an unknown scenario and an odd number get a clear line", async () => {
  const { key } = await freshKey();
  const away = await simulate(key, gateUrl(), ["--console-url", "http://127.0.0.1:1"]);
  expect(away).toMatchObject({ code: 1 });
  expect(away.text).toContain("Is npm start running?");
  const unknown = await simulate(key, gateUrl(), ["eclipse"]);
  expect(unknown).toMatchObject({ code: 1 });
  expect(unknown.text).toContain('There is no scenario "eclipse"');
  const odd = await simulate(key, gateUrl(), ["--speed", "fast"]);
  expect(odd).toMatchObject({ code: 1 });
  expect(odd.text).toContain('--speed is "fast"');
});
