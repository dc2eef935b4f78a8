import { countryName } from "../../../lib/launch/country-name.ts";
import type { Delivery } from "./delivery.ts";
import { summaryWords } from "./summary-words.ts";

/** A message in words, for people. */
export interface Words {
  title: string;
  /** One sentence below the title; null when the title says it all. */
  lead: string | null;
  facts: [label: string, value: string][];
  /** Where it can be looked at. */
  link: string;
  severity: "critical" | "warning" | "info";
}

const ALERT_VERBS: Record<string, string> = {
  "alert.worsened": "Worse",
  "alert.acknowledged": "Acknowledged",
  "alert.reopened": "Reopened",
  "alert.resolved": "Resolved",
};

const COUNTRY_VERBS: Record<string, string> = {
  "country.activated": "was activated",
  "country.advanced": "advanced",
  "country.paused": "was paused",
  "country.resumed": "was resumed",
  "country.caps_changed": "has new caps",
  "country.time_zone_changed": "has another time zone",
};

/** A member of a message's data as text; null when it is none or blank. */
export function textOf(data: Record<string, unknown>, name: string): string | null {
  const value = data[name];
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}

function facts(entries: [string, string | null][]): [string, string][] {
  return entries.flatMap(([label, value]) => (value === null ? [] : [[label, value] as [string, string]]));
}

/** Says a message in words. */
export function wordsOf(delivery: Delivery, siteUrl: string): Words {
  const home = `${siteUrl}/${delivery.slug}`;
  if (delivery.type.startsWith("alert.")) return alertWords(delivery, home);
  if (delivery.type.startsWith("country.")) return countryWords(delivery, home);
  if (delivery.type === "summary.daily") return summaryWords(delivery, siteUrl);
  return {
    title: `A test of ${textOf(delivery.data, "channel") ?? "this channel"}`,
    lead: `Messages of the workspace ${delivery.workspace} in Gantry arrive here.`,
    facts: [],
    link: `${home}/settings/notifications`,
    severity: "info",
  };
}

function alertWords({ type, data, workspace }: Delivery, home: string): Words {
  const severity = data.severity === "critical" ? "critical" : "warning";
  const verb = ALERT_VERBS[type] ?? (severity === "critical" ? "Critical" : "Warning");
  const country = textOf(data, "country");
  return {
    title: `${verb}: ${textOf(data, "title") ?? "an alert"}`,
    lead: textOf(data, "note"),
    facts: facts([
      ["Workspace", workspace],
      ["Severity", severity],
      ["Kind", textOf(data, "kind")],
      ["Country", country === null ? null : countryName(country)],
      ["Outcome", textOf(data, "outcome")?.replace("_", " ") ?? null],
    ]),
    link: `${home}/alerts?alert=${textOf(data, "id") ?? ""}`,
    severity: type === "alert.resolved" ? "info" : severity,
  };
}

function countryWords({ type, data, workspace }: Delivery, home: string): Words {
  const code = textOf(data, "country") ?? "";
  return {
    title: `${countryName(code)} ${COUNTRY_VERBS[type] ?? "changed"}`,
    lead: textOf(data, "reason"),
    facts: facts([
      ["Workspace", workspace],
      ["Phase", textOf(data, "phase")],
    ]),
    link: `${home}/countries/${code}`,
    severity: type === "country.paused" ? "warning" : "info",
  };
}
