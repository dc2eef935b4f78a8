import type { ThreatRule } from "#lib/threats/schema.ts";

const RULES: Record<string, string> = {
  device_farm: "Device farm",
  creator_ring: "Creator ring",
  payment_burst: "Payment burst",
  chargeback_burst: "Chargeback burst",
};
export const COUNTED: Record<ThreatRule["rule"], string> = {
  device_farm: "accounts",
  creator_ring: "creators",
  payment_burst: "payments",
  chargeback_burst: "chargebacks",
};
export const KINDS: Record<string, string> = {
  device: "Device",
  account: "Account",
  ip_range: "IP range",
};
const KINDS_BLOCKED: Record<string, string> = {
  device: "devices",
  account: "accounts",
  ip_range: "addresses",
};
/** What a rule that isn't about devices counts over. */
export const PER = [
  { value: "country", label: "Each country" },
  { value: "workspace", label: "All countries together" },
];
export const SOURCES: Record<string, string> = {
  person: "A person",
  rule: "The threat shield",
  import: "An import",
  event: "A fraud system",
};
const UNITS = [
  ["day", 1440],
  ["hour", 60],
] as const;

/** "Device farm". */
export function ruleWords(rule: string): string {
  return RULES[rule] ?? rule;
}

/** 1440 → "1 day", 90 → "90 minutes". */
function spanWords(minutes: number): string {
  const [unit, size] = UNITS.find(([, each]) => minutes % each === 0) ?? ["minute", 1];
  const count = minutes / size;
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** "3 accounts on a device in 1 day". */
export function numbersWords(rule: ThreatRule): string {
  const per = { device: "on a device", country: "in a country", workspace: "in all countries together" };
  const share = rule.share === null ? "" : ` that are ${rule.share * 100} % of payments`;
  return `${rule.threshold.toLocaleString("en")} ${COUNTED[rule.rule]}${share} ${per[rule.counts_per]} in ${spanWords(rule.window_minutes)}`;
}

/** "Refuses the country's payments for 30 minutes". */
export function answerWords({ answer, answer_minutes, blocks }: ThreatRule): string {
  if (answer === "watch") return "Opens an alert";
  const span = spanWords(answer_minutes);
  if (answer === "protect") return `Opens an alert and refuses payments for ${span}`;
  return `Opens an alert and blocks ${blocks.map((kind) => KINDS_BLOCKED[kind] ?? kind).join(", ")} for ${span}`;
}

/** "83 % of 12". */
export function precisionWords({ precision, true_positives, false_positives }: ThreatRule): string {
  if (precision === null) return "Nobody has judged an alert yet";
  const judged = true_positives + false_positives;
  return `${Math.round(precision * 100)} % of ${judged} judged`;
}
