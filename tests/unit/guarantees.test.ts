import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const ID = "[A-Z][A-Z0-9]*-\\d{2}";

/** Ids of promises that a test's title opens with. Controls and runs share the id of what they serve. */
function proven(): Set<string> {
  const files = globSync(["tests/**/*.test.{ts,tsx}", "e2e/**/*.{spec,test}.ts"]);
  const titles = files.flatMap((file) => [
    ...readFileSync(file, "utf8").matchAll(new RegExp(`["'\`](${ID}) `, "g")),
  ]);
  return new Set(titles.map(([, id = ""]) => id));
}

const PAGE = readFileSync("docs/guarantees.md", "utf8");
const rows = [...PAGE.matchAll(new RegExp(`^\\| (${ID}) \\|(.+)\\|(.+)\\|(.+)\\|$`, "gm"))];

test("DOC-01 every promise of docs/guarantees.md is the title of a test, and every test's promise is on the page", () => {
  const promised = rows.map(([, id = ""]) => id);
  expect(
    promised.filter((id, index) => promised.indexOf(id) !== index),
    "promised twice",
  ).toEqual([]);
  expect(promised.toSorted()).toEqual([...proven()].toSorted());
});

test("DOC-01 each row says what enforces it and which file proves it", () => {
  for (const [row, id = "", , enforced = "", file = ""] of rows) {
    expect(enforced.trim(), row).not.toBe("");
    for (const path of file.matchAll(/`([^`]+)`/g)) {
      const source = readFileSync(path[1] ?? "", "utf8");
      expect(source, `${id} in ${path[1]}`).toContain(`${id} `);
    }
  }
});
