import { metricWords } from "#app/(console)/[workspace]/regions/words.ts";
import { phaseLabel } from "#components/phase-badge.tsx";
import type { Phase } from "#lib/launch/vocabulary.ts";
import type { Wait } from "#lib/sequence/schema.ts";
import type { Step } from "#lib/sequence/sequence-page.ts";
import type { SequenceTemplate, StepMode } from "#lib/sequence/vocabulary.ts";

export const MODE_WORDS: Record<StepMode, string> = {
  manual: "By hand",
  propose: "Proposed",
  automatic: "By itself",
};

export const TEMPLATE_WORDS: Record<SequenceTemplate, string> = {
  eu_first_wave: "EU first wave",
  nordics: "Nordics",
  dach: "DACH",
  iberia: "Iberia",
  latam: "Latin America",
  mena: "Middle East and North Africa",
  apac: "Asia Pacific",
};

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MOMENT = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "UTC",
});
const moment = (text: string) => `${MOMENT.format(new Date(text))} UTC`;

/** "Mon–Fri 09:00 to 17:00", or null when a country may move at any time. */
export function windowText(step: Step): string | null {
  const { window_days: days, window_from: from, window_to: to } = step;
  if (days === null || from === null || to === null) return null;
  const names = days.toSorted().map((day) => DAYS[day - 1]);
  const whole = days.length === 7 ? "Every day" : names.join(", ");
  return `${whole}, ${from} to ${to} in ${step.time_zone}`;
}

type NameOf = (code: string) => string;

const days = (count: number) => (count > 0 ? ` for ${count} ${count === 1 ? "day" : "days"}` : "");
const criteria = (wait: Wait) => (wait.criteria ?? []).map(metricWords).join(", ");

function dependencyText(wait: Wait, nameOf: NameOf): string {
  const phase = phaseLabel((wait.phase ?? "soft") as Phase).toLowerCase();
  const when = typeof wait.at === "string" ? `, which is so on ${moment(wait.at)}` : "";
  return `Waits for ${nameOf(wait.country ?? "")} to be ${phase}${days(wait.days ?? 0)}${when}.`;
}

const SENTENCES: Record<Wait["code"], (wait: Wait, nameOf: NameOf) => string> = {
  gate_stale: () => "Its gate has no result of the last two hours.",
  gate_fail: (wait) => `Its gate fails: ${criteria(wait)}.`,
  gate_inconclusive: (wait) => `Its gate is inconclusive: ${criteria(wait)}.`,
  paused: (wait) => `It is paused: ${wait.reason ?? "no reason"}. A person resumes it.`,
  dependency: dependencyText,
  risk: (wait, nameOf) =>
    `Waits for ${nameOf(wait.country ?? "")} to be below ${wait.below} risk; it is ${(wait.level ?? "not judged").replace("_", " ")}.`,
  no_dependency: () => "It waits for no other country, so a person opens it.",
  checklist: (wait) => `Open on its checklist: ${wait.missing}.`,
  frozen: (wait) => `Frozen until ${moment(wait.until ?? "")}: ${wait.reason ?? ""}`,
};

/** What a country waits for, in a sentence. `nameOf` gives a country's name. */
export function waitText(wait: Wait, nameOf: NameOf): string {
  return SENTENCES[wait.code](wait, nameOf);
}
