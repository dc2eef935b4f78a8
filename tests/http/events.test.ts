import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { metricsText } from "#lib/metrics.ts";
import { closeEvents } from "#lib/signals/events.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newKey, newWorkspace, type Workspace } from "#tests/setup/people.ts";
import { type Api, ask, type Question, serveApi } from "./api.ts";

const STRUCTURED = { "content-type": "application/cloudevents+json; charset=utf-8" };
const BATCH = { "content-type": "application/cloudevents-batch+json" };

let db: TestDatabase;
let api: Api;
let w: Workspace;
let key: string;
let drawn = 0;

beforeAll(async () => {
  db = await testDatabase();
  process.env.DATABASE_URL = db.serviceUrl;
  process.env.GANTRY_LOG_LEVEL = "silent";
  api = await serveApi();
});
afterAll(async () => {
  await closeEvents();
  await api.close();
  await db.close();
});
beforeEach(async () => {
  w = await newWorkspace(db);
  key = (await newKey(db, w)).key;
});

function cloudEvent(partial: object = {}): Record<string, unknown> {
  drawn += 1;
  return {
    specversion: "1.0",
    id: `http-${drawn}`,
    source: "/shop",
    type: "app.installed",
    data: { country: "PL" },
    ...partial,
  };
}

const sending = (body: unknown, headers: Record<string, string>): Question => ({
  path: "/api/v1/events",
  key,
  body,
  headers,
});
const one = (partial: object = {}) => ask(api, sending(cloudEvent(partial), STRUCTURED));
const many = (events: unknown) => ask(api, sending(events, BATCH));
const kept = () =>
  db.owner`select * from launch.events where workspace_id = ${w.id} order by occurred_at, event_id`;
const answer = (accepted: number, duplicates = 0, unknown = 0, rejected: object[] = []) => ({
  status: 202,
  body: { accepted, duplicates, unknown, rejected },
});

describe("the three modes of CloudEvents over HTTP", () => {
  test("SIG-20 a structured event is kept, and sent again it is a duplicate", async () => {
    const time = new Date(Date.now() - 90_000).toISOString();
    const sent = cloudEvent({
      type: "purchase.completed",
      time: time.replace("Z", "+00:00"),
      subject: "account-42",
      datacontenttype: "application/json",
      traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
      data: {
        country: "PL",
        device: "d",
        ip: "::ffff:192.0.2.7",
        amount: { minor: 499, currency: "PLN" },
        basket: [1, "a"],
      },
    });
    expect(await ask(api, sending(sent, STRUCTURED))).toMatchObject(answer(1));
    expect(await ask(api, sending(sent, STRUCTURED))).toMatchObject(answer(0, 1));
    expect(await kept()).toMatchObject([
      {
        type: "purchase.completed",
        occurred_at: new Date(time),
        subject: "account-42",
        country: "PL",
        device: "d",
        amount_minor: "499",
        currency: "PLN",
        data: { basket: [1, "a"] },
      },
    ]);
  });

  test("SIG-20 a binary event is read from its headers, percent-encoded where they must be, and has its body as data", async () => {
    const headers = {
      "ce-specversion": "1.0",
      "ce-id": "binary%20%22%C5%82%22",
      "ce-source": "/shop",
      "ce-type": "com.example.store.rated",
      "ce-subject": "account-%E2%82%AC",
      "ce-comexampleextension": "kept out",
    };
    expect(await ask(api, sending({ country: "GB", value: 4.5 }, headers))).toMatchObject(answer(1));
    expect(
      await ask(api, sending("", { ...headers, "ce-id": "2", "ce-type": "chat.started" })),
    ).toMatchObject(answer(1));
    expect(await kept()).toMatchObject([
      {
        event_id: 'binary "ł"',
        type: "store.rated",
        subject: "account-€",
        country: "GB",
        value: 4.5,
        data: null,
      },
      { event_id: "2", type: "chat.started", country: null },
    ]);
  });

  test("SIG-20 a batch of 1,000 is kept, an empty one is nothing, one of 1,001 is refused whole", async () => {
    const events = Array.from({ length: 1000 }, () => cloudEvent());
    expect(await many(events)).toMatchObject(answer(1000));
    expect(await many(events)).toMatchObject(answer(0, 1000));
    expect(await many([])).toMatchObject(answer(0));
    expect(await many([...events, cloudEvent()])).toMatchObject({
      status: 400,
      body: { code: "invalid_input" },
    });
    expect(await kept()).toHaveLength(1000);
  });

  test("SIG-21 what is no CloudEvent is refused: 415 for its form, 400 for its attributes", async () => {
    expect(await ask(api, sending({ country: "PL" }, {}))).toMatchObject({ status: 415 });
    expect(await ask(api, sending("<a/>", { "content-type": "text/xml", "ce-id": "1" }))).toMatchObject({
      status: 415,
    });
    const broken = { "ce-specversion": "1.0", "ce-id": "%zz", "ce-source": "/s", "ce-type": "app.installed" };
    expect(await ask(api, sending({}, broken))).toMatchObject({
      status: 400,
      body: { errors: [{ path: "id" }] },
    });
    expect((await ask(api, sending({}, { "ce-id": "1" }))).body?.errors).toMatchObject(
      ["specversion", "source", "type"].map((path) => ({ path })),
    );
    for (const body of ["", "[", cloudEvent()]) expect(await many(body)).toMatchObject({ status: 400 });
    expect(await ask(api, sending([cloudEvent()], STRUCTURED))).toMatchObject({ status: 400 });
    expect(await kept()).toEqual([]);
  });
});

const WRONG: [string, object, string][] = [
  ["no id", { id: undefined }, "id"],
  ["an id of 256 characters", { id: "x".repeat(256) }, "id"],
  ["a NUL in its id", { id: "a\u0000" }, "id"],
  ["half a surrogate pair in its id", { id: "a\ud800" }, "id"],
  ["a line break in its source", { source: "/a\n" }, "source"],
  ["no type", { type: undefined }, "type"],
  ["another version", { specversion: "0.3" }, "specversion"],
  ["a time that isn't", { time: "yesterday" }, "time"],
  ["the 30th of February", { time: "2026-02-30T00:00:00Z" }, "time"],
  ["a time ten minutes ahead", { time: new Date(Date.now() + 600_000).toISOString() }, "time"],
  ["a time of another age", { time: "0001-01-01T00:00:00+23:59" }, "time"],
  ["the end of time", { time: "9999-12-31T23:59:59-23:59" }, "time"],
  ["XML", { datacontenttype: "application/xml" }, "datacontenttype"],
  ["bytes", { data_base64: "aGk=" }, "data_base64"],
  ["text as data", { data: "PL" }, "data"],
  ["null as data", { data: null }, "data"],
  ["an unknown country", { data: { country: "UK" } }, "data.country"],
  ["an address that isn't", { data: { ip: "300.1.1.1" } }, "data.ip"],
  ["a NUL in its device", { data: { device: "a\u0000" } }, "data.device"],
  ["a NUL in its own fields", { data: { note: ["\u0000"] } }, "data"],
  ["half a surrogate pair in its own fields", { data: { "\udfff": 1 } }, "data"],
  ["5,000 characters of its own", { data: { note: "x".repeat(5000) } }, "data"],
  ["a purchase without an amount", { type: "purchase.completed" }, "data.amount"],
  [
    "a negative amount",
    { type: "purchase.completed", data: { amount: { minor: -1, currency: "PLN" } } },
    "data.amount.minor",
  ],
  ["a currency that isn't", { data: { amount: { minor: 1, currency: "BGN" } } }, "data.amount.currency"],
  ["a churn risk above 1", { type: "churn.risk_reported", data: { value: 1.01 } }, "data.value"],
  ["a rating that is text", { type: "store.rated", data: { value: "5" } }, "data.value"],
  ["a touch of no campaign", { type: "campaign.touched" }, "data.campaign"],
  ["a block of a person", { type: "blocklist.added", data: { kind: "person", value: "a" } }, "data.kind"],
  [
    "a block of everybody",
    { type: "blocklist.added", data: { kind: "ip_range", value: "0.0.0.0/0" } },
    "data.value",
  ],
  [
    "a block without an end that is a time",
    { type: "blocklist.added", data: { kind: "device", value: "a", until: "soon" } },
    "data.until",
  ],
];

test.each(WRONG)(
  "SIG-22 an event with %s is 400 alone, and in a batch is named by its place while the others are kept",
  async (_, wrong, path) => {
    const alone = await one(wrong);
    expect(alone).toMatchObject({ status: 400, body: { code: "invalid_input" } });
    expect(alone.body?.errors).toContainEqual({ path, message: expect.any(String) });
    const good = cloudEvent();
    const batch = await many([cloudEvent(wrong), good, cloudEvent(), cloudEvent(wrong), good]);
    expect(batch).toMatchObject(answer(2, 1, 0, [{ index: 0 }, { index: 3 }]));
    expect(batch.body?.rejected).toMatchObject([
      { errors: alone.body?.errors },
      { errors: alone.body?.errors },
    ]);
    expect(await kept()).toHaveLength(2);
  },
);

test.each([
  ["Infinity", '{"value":1e999}', "data.value"],
  [
    "a number of a thousand digits",
    `{"amount":{"minor":${"9".repeat(1000)},"currency":"EUR"}}`,
    "data.amount.minor",
  ],
  ["NaN", '{"value":NaN}', undefined],
])("SIG-22 %s in JSON is refused", async (_, data, path) => {
  const text = JSON.stringify(cloudEvent({ data: "HERE" })).replace('"HERE"', data);
  const reply = await ask(api, sending(text, STRUCTURED));
  expect(reply).toMatchObject({ status: 400, body: { code: "invalid_input" } });
  if (path !== undefined) expect(reply.body?.errors).toContainEqual({ path, message: expect.any(String) });
  expect(await kept()).toEqual([]);
});

test("SIG-22 what looks odd and is right is kept as it came", async () => {
  const deep = JSON.parse(`{"a":${"[".repeat(2000)}${"]".repeat(2000)}}`);
  const data = [
    deep,
    { note: "\\u0000 \u{1F600}" },
    { "": 1e308 },
    { kind: "other", until: "soon", value: "x" },
  ];
  expect(await many(data.map((fields) => cloudEvent({ data: fields })))).toMatchObject(answer(4));
  expect((await kept()).map((row) => JSON.stringify(row.data))).toEqual(
    data.map((fields) => JSON.stringify(fields)),
  );
});

test("SIG-23 a type may stand under a reverse-DNS prefix; any other is counted and not kept, whatever its data", async () => {
  const types = [
    "com.example.app.installed",
    "app.installed",
    "installed",
    "app.installed.v2",
    "com.app..installed",
    ".",
  ];
  const reply = await many(
    types.map((type) => cloudEvent({ type, data: type.startsWith("app.installed.") ? 7 : {} })),
  );
  expect(reply).toMatchObject(answer(2, 0, 4));
  expect((await kept()).map((row) => row.type)).toEqual(["app.installed", "app.installed"]);
  const counted =
    await db.owner`select type from launch.unknown_events where workspace_id = ${w.id} order by type`;
  expect(counted.map((row) => row.type)).toEqual(
    types.filter((type) => !/^(com\.example\.)?app\.installed$/.test(type)).toSorted(),
  );
});

test("SIG-24 asks for a key with signals.report, also when nothing of a batch is left to keep", async () => {
  const blind = (await newKey(db, w, ["caps.check"])).key;
  const bad = { ...cloudEvent(), id: "" };
  for (const events of [[cloudEvent()], [], [bad]]) {
    expect(await ask(api, { ...sending(events, BATCH), key: blind })).toMatchObject({
      status: 403,
      body: { code: "forbidden" },
    });
    expect(await ask(api, { ...sending(events, BATCH), key: key.replace(/.$/, "") })).toMatchObject({
      status: 401,
    });
  }
  await db.owner`update app.api_keys set revoked_at = now() where workspace_id = ${w.id}`;
  for (const events of [[cloudEvent()], [], [bad]]) expect(await many(events)).toMatchObject({ status: 401 });
  expect(await kept()).toEqual([]);
});

test("SIG-25 the process counts events by outcome and names nobody", async () => {
  const read = async (): Promise<Record<string, number>> => {
    const { body } = await metricsText(0);
    return Object.fromEntries(
      [...body.matchAll(/^gantry_events_total\{(.+)\} (\d+)$/gm)].map(([, label, n]) => [label, Number(n)]),
    );
  };
  const before = await read();
  const same = cloudEvent();
  await many([same, same, cloudEvent({ type: "coffee.brewed" }), cloudEvent({ id: "" }), cloudEvent()]);
  const after = await read();
  const grown = Object.entries(after).map(([label, n]) => [label, n - (before[label] ?? 0)]);
  expect(Object.fromEntries(grown)).toEqual({
    'outcome="accepted"': 2,
    'outcome="duplicate"': 1,
    'outcome="unknown"': 1,
    'outcome="rejected"': 1,
  });
});
