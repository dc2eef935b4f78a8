import { metricWords } from "#app/(console)/[workspace]/regions/words.ts";
import { ruleWords } from "#app/(console)/[workspace]/threats/words.ts";
import { phaseLabel } from "#components/phase-badge.tsx";
import { PHASES } from "#lib/launch/vocabulary.ts";

/** What an alert rests on, as people read it, by the name that it has in the row. */
const NAMES: Record<string, string> = {
  account_count: "Accounts in all",
  at: "At",
  cap: "Cap",
  compare_hours: "Hours compared",
  counts_per: "Counted per",
  device_count: "Devices in all",
  event_count: "Events in all",
  events: "Newest events",
  expected: "Expected in all",
  expected_by_now: "Expected by now",
  expires_at: "Expires",
  failing_since: "Failing since",
  from: "From",
  id: "Event",
  ip_count: "IP addresses in all",
  ips: "IP addresses",
  last_error: "Last error",
  late_since: "Late since",
  dead: "Given up",
  measured_at: "Measured",
  name: "Measurement",
  out_of: "Out of",
  resets_at: "The day ends",
  revenue_minor: "Revenue",
  share: "Share asked for",
  slot_at: "Slot",
  threshold: "Threshold",
  trip: "Trips by itself",
  unknown: "Not judged",
  usual: "Usually",
  usual_minor: "Usual revenue",
  window_from: "Window from",
  window_minutes: "Window in minutes",
  window_until: "Window until",
};

/** Words of ours that stand as values; by their name's last part, since one word can mean two things. */
const VALUES: Record<string, Record<string, string>> = {
  answer: { watch: "Alert only", block: "Block", protect: "Refuse payments" },
  comparison: { above: "Above", below: "Below" },
  counts_per: { device: "Device", country: "Country", workspace: "All countries together" },
  kind: {
    static: "Static limit",
    adaptive: "Adaptive limit",
    slack: "Slack",
    pagerduty: "PagerDuty",
    email: "E-mail",
    webhook: "Webhook",
  },
  measure: { units: "Units", amount: "Amount in minor units" },
  unknown: { no_data: "Nothing was reported", missing_rate: "An exchange rate is missing" },
};

const spaced = (name: string) => {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** The name of a piece of evidence, such as "Expected by now" for expected_by_now. A country's code stays as it is. */
export function evidenceName(name: string): string {
  return NAMES[name] ?? (/^[A-Z]{2}$/.test(name) ? name : spaced(name));
}

/** A value's words, where it is one of ours; undefined for what a product, a person or a number says. */
export function evidenceValue(name: string, value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  if (name === "rule") return ruleWords(value);
  if (name === "metric") return metricWords(value);
  const phase = PHASES.find((one) => one === value);
  if ((name === "phase" || name === "to") && phase !== undefined) return phaseLabel(phase);
  return VALUES[name]?.[value];
}

/** Whether a piece is for programs alone: the id of what the alert leads to anyway. */
function isForPrograms(name: string): boolean {
  return name.endsWith("_id");
}

/** The evidence as it is laid out: without what is for programs, what fits a line before what doesn't, money in its currency. */
export function readableEvidence(evidence: Record<string, unknown>): Record<string, unknown> {
  const { currency } = evidence;
  const isLong = (value: unknown) => Number(typeof value === "object" && value !== null);
  const entries = Object.entries(evidence)
    .filter(([name]) => !isForPrograms(name))
    .toSorted(([, a], [, b]) => isLong(a) - isLong(b));
  if (typeof currency !== "string") return Object.fromEntries(entries);
  const format = new Intl.NumberFormat("en", { style: "currency", currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return Object.fromEntries(
    entries.map(([name, value]) =>
      name.endsWith("_minor") && typeof value === "number"
        ? [name, format.format(value / 10 ** digits)]
        : [name, value],
    ),
  );
}
