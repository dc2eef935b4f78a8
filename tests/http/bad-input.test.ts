import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { newKey, newWorkspace, openCountry, type Workspace } from "#tests/setup/people.ts";
import { type Api, ask, type Question, serveApi } from "./api.ts";
import { stateOf } from "./state.ts";

const CHECK = { country: "PL", operation: "user" };
const MEBIBYTE = 1_048_576;

let db: TestDatabase;
let api: Api;
let workspace: Workspace;
let key: string;

beforeAll(async () => {
  db = await testDatabase();
  process.env.DATABASE_URL = db.serviceUrl;
  process.env.GANTRY_LOG_LEVEL = "silent";
  api = await serveApi();
  workspace = await newWorkspace(db);
  key = (await newKey(db, workspace)).key;
  await openCountry(db, workspace, "PL", { phase: "alpha", amount: { minor: 100_000, currency: "EUR" } });
  await openCountry(db, workspace, "CZ", { phase: "alpha" });
});
afterAll(async () => {
  await api.close();
  await db.close();
});

function checking(body: unknown, headers: Record<string, string> = {}): Question {
  return { path: "/api/v1/cap-checks", body, headers: { "idempotency-key": randomUUID(), ...headers } };
}

async function expectRefused(question: Question, status: number, code: string): Promise<void> {
  const before = await stateOf(db, workspace.id);
  const reply = await ask(api, { key, ...question });
  expect({ status: reply.status, code: reply.body?.code }).toEqual({ status, code });
  expect(await stateOf(db, workspace.id)).toBe(before);
}

const WRONG_CHECKS: [string, object, string][] = [
  ["an unknown country", { country: "QQ" }, "country"],
  ["a lower-case country", { country: "pl" }, "country"],
  ["the country XX", { country: "XX" }, "country"],
  ["the country T1", { country: "T1" }, "country"],
  ["Greece as EL", { country: "EL" }, "country"],
  ["the United Kingdom as UK", { country: "UK" }, "country"],
  ["no country", { country: undefined }, "country"],
  ["an unknown operation", { operation: "login" }, "operation"],
  ["no operation", { operation: undefined }, "operation"],
  ["0 units", { units: 0 }, "units"],
  ["-1 units", { units: -1 }, "units"],
  ["1.5 units", { units: 1.5 }, "units"],
  ["a thousand million units", { units: 1_000_000_000 }, "units"],
  ["units as text", { units: "1" }, "units"],
  ["units that are null", { units: null }, "units"],
  ["a currency that isn't", { amount: { minor: 1, currency: "EUX" } }, "amount.currency"],
  ["a lower-case currency", { amount: { minor: 1, currency: "eur" } }, "amount.currency"],
  ["a negative amount", { amount: { minor: -1, currency: "EUR" } }, "amount.minor"],
  ["a broken amount", { amount: { minor: 0.5, currency: "EUR" } }, "amount.minor"],
  ["an amount beyond what a number holds", { amount: { minor: 2 ** 53, currency: "EUR" } }, "amount.minor"],
  ["a hold of 0 seconds", { hold_seconds: 0 }, "hold_seconds"],
  ["a hold of more than an hour", { hold_seconds: 3601 }, "hold_seconds"],
  ["an empty subject", { subject: "" }, "subject"],
  ["a subject of 201 characters", { subject: "x".repeat(201) }, "subject"],
  ["a subject with a NUL", { subject: "a\u0000b" }, "subject"],
  ["a device with a NUL", { device: "\u0000" }, "device"],
  ["an address that isn't", { ip: "300.1.1.1" }, "ip"],
  ["an address with a zone", { ip: "fe80::1%eth0" }, "ip"],
  ["an unknown field", { contry: "PL" }, ""],
];

test.each(WRONG_CHECKS)(
  "HTTP-01 a check with %s is 400 invalid_input, names the field and changes nothing",
  async (_, wrong, path) => {
    const before = await stateOf(db, workspace.id);
    const reply = await ask(api, { key, ...checking({ ...CHECK, ...wrong }) });
    expect(reply).toMatchObject({ status: 400, body: { code: "invalid_input" } });
    expect(reply.body?.errors).toContainEqual({ path, message: expect.any(String) });
    const batch = await ask(api, {
      key,
      path: "/api/v1/cap-checks/batch",
      body: {
        checks: [
          { ...CHECK, idempotency_key: randomUUID() },
          { ...CHECK, ...wrong, idempotency_key: randomUUID() },
        ],
      },
    });
    expect(batch).toMatchObject({ status: 400, body: { code: "invalid_input" } });
    expect(await stateOf(db, workspace.id)).toBe(before);
  },
);

test.each<[string, Question, number, string]>([
  ["a missing Idempotency-Key", { path: "/api/v1/cap-checks", body: CHECK }, 400, "idempotency_key_required"],
  ["an empty Idempotency-Key", checking(CHECK, { "idempotency-key": "" }), 400, "invalid_input"],
  ["an empty quoted Idempotency-Key", checking(CHECK, { "idempotency-key": '""' }), 400, "invalid_input"],
  [
    "an Idempotency-Key of 256 characters",
    checking(CHECK, { "idempotency-key": "x".repeat(256) }),
    400,
    "invalid_input",
  ],
  [
    "an Idempotency-Key beyond ASCII",
    checking(CHECK, { "idempotency-key": "caf\u00e9" }),
    400,
    "invalid_input",
  ],
  ["a malformed body", checking('{"country":'), 400, "invalid_input"],
  ["a body that is not UTF-8", checking(new Uint8Array([0x22, 0xff, 0x22])), 400, "invalid_input"],
  ["an empty body", checking(""), 400, "invalid_input"],
  ["a body that is a list", checking([CHECK]), 400, "invalid_input"],
  ["a body that is null", checking("null"), 400, "invalid_input"],
  [
    "a body that says it is text",
    checking(JSON.stringify(CHECK), { "content-type": "text/plain" }),
    415,
    "unsupported_media_type",
  ],
  [
    "a form",
    checking("country=PL", { "content-type": "application/x-www-form-urlencoded" }),
    415,
    "unsupported_media_type",
  ],
  [
    "a body of 1 MiB and a byte",
    checking(`{"country":"PL","x":"${"y".repeat(MEBIBYTE)}"}`),
    413,
    "too_large",
  ],
  [
    "a payment without the amount its cap needs",
    checking({ country: "PL", operation: "payment" }),
    400,
    "amount_required",
  ],
  [
    "a payment in another currency than its cap",
    checking({ country: "PL", operation: "payment", amount: { minor: 1, currency: "USD" } }),
    400,
    "currency_mismatch",
  ],
])("HTTP-02 %s is refused by its name and changes nothing", async (_, question, status, code) => {
  await expectRefused(question, status, code);
});

test("HTTP-03 a body of undeclared length is cut off at 1 MiB", async () => {
  const before = await stateOf(db, workspace.id);
  const chunk = new TextEncoder().encode("x".repeat(65_536));
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1;
      if (sent > 64) controller.close();
      else controller.enqueue(chunk);
    },
  });
  const response = await fetch(`${api.origin}/api/v1/cap-checks`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json", "idempotency-key": "k" },
    body,
    duplex: "half",
  } as RequestInit);
  expect(response.status).toBe(413);
  await response.body?.cancel();
  expect(await stateOf(db, workspace.id)).toBe(before);
});

test("HTTP-04 a batch has 1 to 1,000 checks, each with its own key", async () => {
  const batch = (checks: unknown): Question => ({ path: "/api/v1/cap-checks/batch", body: { checks } });
  const many = (count: number) =>
    Array.from({ length: count }, () => ({ ...CHECK, country: "DE", idempotency_key: randomUUID() }));
  await expectRefused(batch([]), 400, "invalid_input");
  await expectRefused(batch(many(1001)), 400, "invalid_input");
  await expectRefused(batch([CHECK]), 400, "invalid_input");
  await expectRefused(batch([{ ...CHECK, idempotency_key: "" }]), 400, "invalid_input");
  await expectRefused(batch([{ ...CHECK, idempotency_key: "x".repeat(256) }]), 400, "invalid_input");
  await expectRefused(batch("PL"), 400, "invalid_input");
  const reply = await ask(api, { key, ...batch(many(1000)) });
  expect(reply.status).toBe(200);
  expect(reply.body?.data).toHaveLength(1000);
});
