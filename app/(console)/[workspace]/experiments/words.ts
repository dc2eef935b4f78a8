import { OPERATION_WORDS } from "#app/(console)/[workspace]/countries/operation-words.ts";
import { formatCount } from "#components/number-format.ts";
import type { Experiment } from "#lib/experiments/experiments.ts";
import type { LeftOut } from "#lib/experiments/vocabulary.ts";
import { countryName } from "#lib/launch/country-name.ts";

/** Why a day is not in the result. */
export const LEFT_OUT_WORDS: Record<LeftOut, string> = {
  late: "Left out: its cap came late",
  used_more: "Left out: it had used more than the cap",
  ended: "Left out: the experiment had ended",
};

const DAY = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "short",
  timeZone: "UTC",
});

/** "Tue 2 Jun" of a local date. */
export function dayWords(day: string): string {
  return DAY.format(Date.parse(day)).replace(",", "");
}

/** What is tried, in a line: "Poland, users a day: 1,060 or 1,200". */
export function experimentTitle({ country, operation, cap_a, cap_b }: Experiment): string {
  const noun = OPERATION_WORDS[operation].toLowerCase();
  return `${countryName(country)}, ${noun} a day: ${formatCount(cap_a)} or ${formatCount(cap_b)}`;
}

/** Where an experiment stands, in a line. */
export function statusWords({ status, outcome, starts_on, reason }: Experiment): string {
  if (status === "scheduled") return `Begins ${dayWords(starts_on)}, local midnight`;
  if (status === "running") return "Running";
  if (outcome === "completed") return "Completed";
  return `${outcome === "yielded" ? "Gave way" : "Ended early"}: ${reason ?? ""}`;
}
