import { beforeAll, expect, test } from "vitest";
import { assertSameOrigin, isSameOrigin } from "#lib/origin.ts";

beforeAll(() => {
  Object.assign(process.env, {
    DATABASE_URL: "postgres://localhost/none",
    NEXT_PUBLIC_SUPABASE_URL: "http://127.0.0.1:1",
    NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: "none",
    GANTRY_SECRET: "a secret of at least 32 characters",
    GANTRY_SITE_URL: "https://console.example.com",
  });
});

const sent = (headers: Record<string, string>) => isSameOrigin(new Headers(headers));

test("a form of the page that was asked for it passes", () => {
  expect(sent({ origin: "http://127.0.0.1:3000", host: "127.0.0.1:3000" })).toBe(true);
});

test("behind a proxy the forwarded host or the configured site counts", () => {
  const origin = "https://console.example.com";
  expect(sent({ origin, host: "10.0.0.7:3000", "x-forwarded-host": "console.example.com, inner" })).toBe(
    true,
  );
  expect(sent({ origin, host: "10.0.0.7:3000" })).toBe(true);
});

test.each([
  ["without an Origin", {}],
  ["with the Origin of a sandbox", { origin: "null" }],
  ["of another site", { origin: "https://evil.example" }],
  ["of another port", { origin: "http://127.0.0.1:4000" }],
  ["of a longer name", { origin: "https://console.example.com.evil.example" }],
])("a request %s is refused", (_name, headers) => {
  expect(sent({ host: "127.0.0.1:3000", ...headers })).toBe(false);
  expect(() => assertSameOrigin(new Headers({ host: "127.0.0.1:3000", ...headers }))).toThrow(
    expect.objectContaining({ code: "forbidden" }),
  );
});
