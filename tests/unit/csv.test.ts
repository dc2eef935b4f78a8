import { expect, test } from "vitest";
import { csvText } from "#components/data-table-csv.ts";

test.each([
  '=HYPERLINK("http://evil.example")',
  "+1+1",
  "-2+3",
  "@SUM(A1)",
  "  =1+1",
  "=1+1\nsecond line",
  "＝1+1",
  "\t=1",
  "\r=1",
])("a spreadsheet runs no cell of an export as a formula: %j", (cell) => {
  const [, row = ""] = csvText(["Note"], [[cell]]).split(/\r\n(?=")/);
  expect(row.startsWith("\"'")).toBe(true);
});

test("numbers stay numbers, also below zero", () => {
  expect(csvText(["Change"], [[-5], [1.5]])).toBe("Change\r\n-5\r\n1.5");
});

test("quotes, commas and line ends survive", () => {
  expect(csvText(["A", "B"], [['say "hi", now', "two\nlines"]])).toBe(
    'A,B\r\n"say ""hi"", now","two\nlines"',
  );
});

test("a moment is written in UTC, nothing as an empty cell, a list as JSON", () => {
  const at = new Date("2026-11-23T14:20:00Z");
  expect(csvText(["At", "None", "List"], [[at, null, ["a", "b"]]])).toBe(
    'At,None,List\r\n2026-11-23T14:20:00.000Z,,"[""a"",""b""]"',
  );
});
