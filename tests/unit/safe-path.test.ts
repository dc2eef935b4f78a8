import { expect, test } from "vitest";
import { safePath } from "#lib/safe-path.ts";

test.each([
  "/demo/countries",
  "/demo/countries/PL?day=2026-11-23",
  "/invitations/abc",
  "/reset-password",
  "/signals",
])("a page of this site is kept: %s", (path) => {
  expect(safePath(path)).toBe(path);
});

test.each([
  "https://evil.example/",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "/x/..//evil.example",
  "javascript:alert(1)",
  "demo",
  "",
  null,
  undefined,
  ["/demo"],
])("nobody is sent to another site or out of the paths: %j", (path) => {
  expect(safePath(path)).toBe("/");
});

test.each(["/sign-in", "/sign-in?next=/demo", "/sign-up", "/auth/sign-out", "/forgot-password"])(
  "signing in doesn't lead in circles: %s",
  (path) => {
    expect(safePath(path)).toBe("/");
  },
);
