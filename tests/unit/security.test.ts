import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const ID = /\b[A-Z][A-Z0-9]*-\d{2}\b/g;
const promised = new Set(
  [...readFileSync("docs/guarantees.md", "utf8").matchAll(/^\| ([A-Z][A-Z0-9]*-\d{2}) \|/gm)].map(
    ([, id]) => id,
  ),
);
const page = readFileSync("docs/security.md", "utf8");
const rows = page
  .split("\n")
  .filter((line) => line.startsWith("| ") && !/^\| (---|risk|requirement) /.test(line));

test("DOC-02 every test that docs/security.md names is a guarantee", () => {
  const named = [...page.matchAll(ID)].map(([id]) => id);
  expect(named.length).toBeGreaterThan(100);
  expect(named.filter((id) => !promised.has(id))).toEqual([]);
});

test("DOC-02 each of its rows names a test, or says that it isn't done or is the platform's", () => {
  expect(rows.length).toBeGreaterThan(60);
  for (const row of rows) {
    const [, , doing = "", shown = ""] = row.split("|");
    if (shown.trim() === "–") expect(doing, row).toMatch(/not done|platform/);
    else expect(shown.match(ID)?.length ?? 0, row).toBeGreaterThan(0);
  }
});

test("DOC-02 the ten risks and the requirements this product stands on are all there", () => {
  for (let risk = 1; risk <= 10; risk++) expect(page).toContain(`| API${risk} `);
  for (const number of [
    "2.3.3",
    "2.3.4",
    "4.1.3",
    "8.2.1",
    "8.2.2",
    "8.2.3",
    "8.3.2",
    "8.4.1",
    "15.3.2",
    "15.3.3",
    "15.4.2",
    "16.5.3",
  ]) {
    expect(page).toMatch(new RegExp(`^\\| (?:[\\d.]+, )*${number.replaceAll(".", "\\.")}\\b`, "m"));
  }
});
