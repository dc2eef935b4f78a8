import { afterAll, beforeAll, expect, test } from "vitest";
import { createGantry } from "#lib/client/index.ts";
import { GantryError } from "#lib/client/request.ts";
import { type TestDatabase, testDatabase } from "#tests/setup/database.ts";
import { asPerson, newKey, newWorkspace, openCountry, type Workspace } from "#tests/setup/people.ts";
import { type Api, ask, serveApi } from "./api.ts";
import { stateOf } from "./state.ts";

const PAYMENT = { country: "PL", operation: "payment" } as const;
const WHOLE = { minor: 1, currency: "EUR" } as const;
const HALVES: [string, unknown, string][] = [
  ["no minor units", { currency: "EUR" }, "amount.minor"],
  ["minor units of null", { minor: null, currency: "EUR" }, "amount.minor"],
  ["minor units as text", { minor: "1", currency: "EUR" }, "amount.minor"],
  ["no currency", { minor: 1 }, "amount.currency"],
  ["a currency of null", { minor: 1, currency: null }, "amount.currency"],
  ["nothing in it", {}, "amount.minor"],
  ["null for an amount", null, "amount"],
  ["its currency in a member of its own", undefined, ""],
];

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
  await openCountry(db, workspace, "PL", { phase: "alpha", amount: { minor: 100, currency: "EUR" } });
  await asPerson(
    db,
    workspace.owner,
    (sql) => sql`select app.set_flag(${workspace.id}, 'launch.countryCaps', false, 'A trial')`,
  );
});
afterAll(async () => {
  await api.close();
  await db.close();
});

function half(amount: unknown): Record<string, unknown> {
  return amount === undefined ? { ...PAYMENT, currency: "EUR" } : { ...PAYMENT, amount };
}

test.each(HALVES)(
  "HTTP-27 with caps not enforced, a payment with %s is refused alone, in a batch and by the client, and nothing changes",
  async (_, amount, path) => {
    const before = await stateOf(db, workspace.id);
    const alone = await ask(api, {
      key,
      path: "/api/v1/cap-checks",
      body: half(amount),
      headers: { "idempotency-key": crypto.randomUUID() },
    });
    expect(alone).toMatchObject({ status: 400, body: { code: "invalid_input" } });
    expect(alone.body?.errors).toContainEqual({ path, message: expect.any(String) });
    const checks = [{ ...PAYMENT, amount: WHOLE }, half(amount)].map((check) => ({
      ...check,
      idempotency_key: crypto.randomUUID(),
    }));
    const together = await ask(api, { key, path: "/api/v1/cap-checks/batch", body: { checks } });
    expect(together).toMatchObject({ status: 400, body: { code: "invalid_input" } });
    const client = createGantry({
      url: api.origin,
      key,
      failModes: { user: "open", creator: "closed" },
      unknownCountry: "refuse",
      timeout: 30_000,
    });
    const asked = client.check(
      Object.assign({ ...PAYMENT, amount: WHOLE }, { amount: undefined }, half(amount)),
    );
    await expect(asked).rejects.toMatchObject({ code: "invalid_input" });
    await expect(asked).rejects.toBeInstanceOf(GantryError);
    expect(await stateOf(db, workspace.id)).toBe(before);
  },
);

test("HTTP-27 with caps not enforced, a whole amount is counted, past its cap too", async () => {
  const reply = await ask(api, {
    key,
    path: "/api/v1/cap-checks",
    body: { ...PAYMENT, amount: { minor: 101, currency: "EUR" } },
    headers: { "idempotency-key": crypto.randomUUID() },
  });
  expect(reply).toMatchObject({
    status: 200,
    body: { allowed: true, shadow: { reason: "amount_cap_reached" } },
  });
});
