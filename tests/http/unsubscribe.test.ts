import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { GET, POST } from "#app/(auth)/shared-reports/[token]/unsubscribe/route.ts";
import { serverEnv } from "#lib/env.ts";
import { type LinkKind, linkToken } from "#lib/reports/link-token.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, newWorkspace, type Workspace } from "#tests/setup/people.ts";

let db: TestDatabase;
let w: Workspace;
let letter: string;
beforeAll(async () => {
  db = await testDatabase();
  Object.assign(process.env, {
    DATABASE_URL: db.serviceUrl,
    GANTRY_LOG_LEVEL: "silent",
    GANTRY_SECRET: "s".repeat(32),
    GANTRY_SITE_URL: "https://console.example.com",
    NEXT_PUBLIC_SUPABASE_URL: "https://auth.example.com",
    NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: "publishable",
  });
  w = await newWorkspace(db);
  await asPerson(
    db,
    w.owner,
    (tx) =>
      tx`select launch.create_report_schedule(${w.id}, 'Monthly', 1, 8, 'UTC', '{investor@example.com}')`,
  );
  await db.owner`update launch.report_addresses set confirmed_at = launch.now()`;
  await db.owner`update launch.report_schedules set due_at = launch.now()`;
  await db.service`select launch.send_due_reports()`;
  const [row] = await db.owner<{ id: string }[]>`select id from launch.report_letters`;
  letter = row?.id ?? "";
});
afterAll(() => db.close());
beforeEach(() => db.owner`update launch.report_addresses set left_at = null`);

const tokenOf = (kind: LinkKind = "departure") => linkToken(serverEnv().GANTRY_SECRET, kind, letter);
const url = (token: string) => `https://console.example.com/shared-reports/${token}/unsubscribe`;
const context = (token: string) => ({ params: Promise.resolve({ token }) });
const post = (fields: Record<string, string>, token = tokenOf(), multipart = false) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  const body = multipart ? form : new URLSearchParams(fields);
  return POST(new Request(url(token), { method: "POST", body }), context(token));
};
const ONE_CLICK = { "List-Unsubscribe": "One-Click" };

async function hasLeft(): Promise<boolean> {
  const [row] = await db.owner<{ left: boolean }[]>`
    select left_at is not null as left from launch.report_addresses where workspace_id = ${w.id}`;
  return row?.left ?? false;
}

test("REP-43 a mail program's one click stops the mails in either encoding, without a session or a redirect, and again it is no error", async () => {
  for (const multipart of [false, true]) {
    await db.owner`update launch.report_addresses set left_at = null`;
    for (let times = 0; times < 2; times++) {
      const answer = await post(ONE_CLICK, tokenOf(), multipart);
      expect({ status: answer.status, location: answer.headers.get("location") }).toEqual({
        status: 204,
        location: null,
      });
      expect(await hasLeft()).toBe(true);
    }
  }
});

test("REP-44 opening the link stops nothing: a GET leads to the page that asks, and a POST that says nothing is refused", async () => {
  const opened = await GET(new Request(url(tokenOf())), context(tokenOf()));
  expect({ status: opened.status, location: opened.headers.get("location") }).toEqual({
    status: 303,
    location: `/shared-reports/${tokenOf()}`,
  });
  for (const fields of [{}, { "List-Unsubscribe": "yes" }, { answer: "perhaps" }]) {
    expect((await post(fields)).status).toBe(400);
  }
  expect(await hasLeft()).toBe(false);
});

test("REP-45 the page's form stops the mails and takes it back, and leads to the page again", async () => {
  const steps = [
    { answer: "stop", left: true },
    { answer: "resume", left: false },
  ];
  for (const { answer, left } of steps) {
    const said = await post({ answer });
    expect({ status: said.status, location: said.headers.get("location") }).toEqual({
      status: 303,
      location: `/shared-reports/${tokenOf()}`,
    });
    expect(await hasLeft()).toBe(left);
  }
});

test("REP-46 a link of another kind, one that was altered, and one for no mail stop nothing and say nothing of the workspace", async () => {
  const nobody = linkToken(serverEnv().GANTRY_SECRET, "departure", "01a2f0c4-7b1e-7c3a-9d2e-5f6a7b8c9d0e");
  for (const token of [tokenOf("letter"), tokenOf("address"), `${tokenOf().slice(0, -2)}xx`, nobody, "x"]) {
    const refused = await post(ONE_CLICK, token);
    expect(refused.status).toBe(404);
    expect(await refused.text()).not.toMatch(/Test|Monthly|investor/);
  }
  expect(await hasLeft()).toBe(false);
});
