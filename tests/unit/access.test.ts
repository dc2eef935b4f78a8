import { globSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { ACTIONS } from "#tests/access/actions.ts";
import { PAGES } from "#tests/access/pages.ts";

/** The address under which Next serves a page or route: folders in parentheses don't show. */
function addressOf(file: string): string {
  const path = dirname(file)
    .replace(/^app/, "")
    .replaceAll(/\/\([^/]+\)/g, "");
  return path === "" ? "/" : path;
}

test("ACCESS-01 every page and route says who is let in, and is tried as everybody", () => {
  const found = globSync("app/**/{page.tsx,route.ts}").map(addressOf);
  expect(found.length).toBeGreaterThan(30);
  const rows = Object.keys(PAGES);
  const serves = (row: string) => (address: string) =>
    row.endsWith("/**") ? address.startsWith(row.slice(0, -2)) : address === row;
  expect(
    found.filter((address) => !rows.some((row) => serves(row)(address))),
    "add a row to tests/access/pages.ts",
  ).toEqual([]);
  expect(
    rows.filter((row) => !found.some(serves(row))),
    "no longer a page",
  ).toEqual([]);
});

test("ACCESS-01 every server action says who may call it, and is tried as everybody", () => {
  const found = globSync("{app,lib}/**/*.ts")
    .filter((file) => readFileSync(file, "utf8").startsWith('"use server"'))
    .flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/^export (?:const|async function) (\w+)/gm)].map(
        ([, name]) => `${file} ${name}`,
      ),
    );
  expect(found.toSorted(), "add a row to tests/access/actions.ts").toEqual(Object.keys(ACTIONS).toSorted());
});
