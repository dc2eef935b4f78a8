import { CloudEvent, HTTP, type Message } from "cloudevents";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeEvents } from "#lib/signals/events.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newKey, newWorkspace, type Workspace } from "#tests/setup/people.ts";
import { type Api, serveApi } from "./api.ts";

// What the official CloudEvents SDK for JavaScript writes, sent as it writes it.

let db: TestDatabase;
let api: Api;
let w: Workspace;
let key: string;

beforeAll(async () => {
  db = await testDatabase();
  process.env.DATABASE_URL = db.serviceUrl;
  process.env.GANTRY_LOG_LEVEL = "silent";
  api = await serveApi();
  w = await newWorkspace(db);
  key = (await newKey(db, w)).key;
});
afterAll(async () => {
  await closeEvents();
  await api.close();
  await db.close();
});

const purchase = (id: string) =>
  new CloudEvent({
    id,
    source: "/shop/checkout",
    type: "purchase.completed",
    subject: "account-42",
    dataschema: "https://example.com/purchase.json",
    data: { country: "PL", amount: { minor: 499, currency: "PLN" }, note: "zażółć" },
  });

async function send({ headers, body }: Pick<Message, "headers" | "body">): Promise<unknown> {
  const response = await fetch(`${api.origin}/api/v1/events`, {
    method: "POST",
    headers: { ...(headers as Record<string, string>), authorization: `Bearer ${key}` },
    body: String(body),
  });
  return { status: response.status, body: await response.json() };
}

const taken = (accepted: number) => ({
  status: 202,
  body: { accepted, duplicates: 0, unknown: 0, rejected: [] },
});

/** What was kept of an event, under its id. */
const kept = (id: string) =>
  db.owner`
    select type, source, subject, country, amount_minor, currency, data from launch.events
    where workspace_id = ${w.id} and event_id = ${id}`;

const KEPT = {
  type: "purchase.completed",
  source: "/shop/checkout",
  subject: "account-42",
  country: "PL",
  amount_minor: "499",
  currency: "PLN",
  data: { note: "zażółć" },
};

test("SIG-40 what the CloudEvents SDK writes in binary mode is kept whole", async () => {
  expect(await send(HTTP.binary(purchase("binary")))).toEqual(taken(1));
  expect(await kept("binary")).toMatchObject([KEPT]);
});

test("SIG-41 what the CloudEvents SDK writes in structured mode is kept whole", async () => {
  expect(await send(HTTP.structured(purchase("structured")))).toEqual(taken(1));
  expect(await kept("structured")).toMatchObject([KEPT]);
});

test("SIG-42 the events of the CloudEvents SDK are taken as a batch, each with what it says", async () => {
  const ids = Array.from({ length: 20 }, (_, at) => `batch-${at}`);
  const headers = { "content-type": "application/cloudevents-batch+json" };
  expect(await send({ headers, body: JSON.stringify(ids.map(purchase)) })).toEqual(taken(20));
  for (const id of ids) expect(await kept(id)).toMatchObject([KEPT]);
});
