import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  evidenceName,
  evidenceValue,
  readableEvidence,
} from "#app/(console)/[workspace]/alerts/evidence-words.ts";

/** The arguments of a call in SQL, and where it ends. */
function callAt(sql: string, start: number): string {
  let depth = 0;
  for (let at = sql.indexOf("(", start); at < sql.length; at += 1) {
    if (sql[at] === "(") depth += 1;
    if (sql[at] === ")") depth -= 1;
    if (depth === 0) return sql.slice(start, at);
  }
  return "";
}

/** The names of evidence in the SQL that raises alerts: of every object that is built in a function which raises one or describes a finding. */
function namesInSql(): string[] {
  const folder = "supabase/migrations";
  const functions = readdirSync(folder).flatMap((file) =>
    readFileSync(`${folder}/${file}`, "utf8").split(/^(?=create function )/m),
  );
  const raising = functions.filter((text) =>
    /private\.raise_alert\(|private\.describe_evidence\(|private\.judge_move\(|function private\.score_kpis\(|threat_evidence$/m.test(
      text,
    ),
  );
  return raising.flatMap((text) =>
    [...text.matchAll(/jsonb_build_object\(/g)].flatMap(({ index }) =>
      [...callAt(text, index).matchAll(/[(,]\s*'([a-z_]+)',/g)].map((match) => match[1] ?? ""),
    ),
  );
}

test("ALT-24 every piece of evidence that the engine writes has a name in words, and none shows an id of the row", () => {
  const names = [...new Set(namesInSql())];
  for (const known of [
    "failing_since",
    "expected_by_now",
    "window_minutes",
    "resets_at",
    "usual_minor",
    "metric",
  ]) {
    expect(names).toContain(known);
  }
  const shown = Object.keys(readableEvidence(Object.fromEntries(names.map((name) => [name, 1]))));
  expect(shown.filter((name) => /(^|_)id$/.test(name) && name !== "id")).toEqual([]);
  for (const name of shown) expect(evidenceName(name), name).toMatch(/^[A-Z][A-Za-z]*( [A-Za-z]+)*$/);
  expect(evidenceName("expected_by_now")).toBe("Expected by now");
  expect(evidenceName("PL")).toBe("PL");
});

test("ALT-25 values of ours are words, money stands in its currency, and what others say stays as it is", () => {
  expect(evidenceValue("rule", "device_farm")).toBe("Device farm");
  expect(evidenceValue("metric", "support_volume")).toBe("Support volume");
  expect(evidenceValue("unknown", "no_data")).toBe("Nothing was reported");
  expect(evidenceValue("to", "public")).toBe("Public");
  expect(evidenceValue("kind", "pagerduty")).toBe("PagerDuty");
  for (const [name, said] of [
    ["last_error", "block"],
    ["entity", "device_farm"],
    ["channel", "above"],
    ["to", "x"],
  ] as const) {
    expect(evidenceValue(name, said)).toBeUndefined();
  }
  expect(readableEvidence({ revenue_minor: 123_456, currency: "USD", hours: 3 })).toEqual({
    revenue_minor: "$1,234.56",
    currency: "USD",
    hours: 3,
  });
  expect(Object.keys(readableEvidence({ ips: ["::1"], rule: "x", countries: {}, found: 3 }))).toEqual([
    "rule",
    "found",
    "ips",
    "countries",
  ]);
  expect(readableEvidence({ revenue_minor: 500, currency: "JPY" })).toMatchObject({ revenue_minor: "¥500" });
});
