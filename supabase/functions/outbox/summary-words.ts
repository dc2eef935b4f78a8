import { countryName } from "../../../lib/launch/country-name.ts";
import type { Delivery } from "./delivery.ts";
import type { Words } from "./words.ts";

type Row = Record<string, unknown>;

const DAY = new Intl.DateTimeFormat("en-GB", {
  weekday: "long",
  day: "numeric",
  month: "long",
  timeZone: "UTC",
});
const COUNT = new Intl.NumberFormat("en");

const REASONS: Record<string, string> = {
  cap_reached: "the cap was reached",
  amount_cap_reached: "the amount cap was reached",
  paused: "it was paused",
  not_launched: "it is not launched",
  throttled: "load was too high",
  blocked: "somebody is blocked",
  queued: "they wait in the queue",
};

const rowsOf = (value: unknown): Row[] =>
  Array.isArray(value) ? value.filter((row): row is Row => typeof row === "object" && row !== null) : [];
const numberOf = (value: unknown): number => (typeof value === "number" ? value : 0);
const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
const counted = (value: unknown, one: string, many: string) =>
  `${COUNT.format(numberOf(value))} ${numberOf(value) === 1 ? one : many}`;

const isQuiet = ({ admitted, refused }: Row) => typeof admitted !== "number" && numberOf(refused) === 0;
/** Of more countries than these that nobody asked for, the names alone are told. */
const QUIET_ONES = 2;

function countryFacts(countries: readonly Row[]): [string, string][] {
  const quiet = countries.filter(isQuiet);
  if (quiet.length <= QUIET_ONES) return countries.map(countryFact);
  const names = quiet.map(({ country }) => countryName(textOf(country))).join(", ");
  return [...countries.filter((row) => !isQuiet(row)).map(countryFact), ["No cap check", names]];
}

function countryFact({
  country,
  phase,
  admitted,
  cap,
  payments,
  creators,
  refused,
  because,
}: Row): [string, string] {
  const label = `${countryName(textOf(country))} (${textOf(phase)})`;
  if (isQuiet({ admitted, refused })) return [label, "no cap check"];
  const share =
    typeof cap === "number" && cap > 0
      ? ` of ${COUNT.format(cap)} (${Math.round((100 * numberOf(admitted)) / cap)} %)`
      : "";
  const parts = [`${COUNT.format(numberOf(admitted))}${share} admitted`];
  if (numberOf(payments) > 0) parts.push(counted(payments, "payment", "payments"));
  if (numberOf(creators) > 0) parts.push(counted(creators, "creator", "creators"));
  if (numberOf(refused) > 0) {
    const why = REASONS[textOf(because)];
    parts.push(
      `${COUNT.format(numberOf(refused))} refused${why === undefined ? "" : `, mostly because ${why}`}`,
    );
  }
  return [label, parts.join("; ")];
}

function alertsFact(data: Row): [string, string] {
  const open = numberOf(data.alerts_open);
  const critical = numberOf(data.alerts_critical);
  const titles = Array.isArray(data.worst) ? data.worst.filter((title) => typeof title === "string") : [];
  const still = open === 0 ? "none open" : `${COUNT.format(open)} open, ${COUNT.format(critical)} critical`;
  const named = titles.length === 0 ? "" : `: ${titles.join("; ")}`;
  return ["Alerts", `${counted(data.alerts_opened, "opened", "opened")}; ${still}${named}`];
}

function campaignFact({ name, country, status, installs, yesterday, expected }: Row): [string, string] {
  const of = numberOf(expected) > 0 ? ` of ${COUNT.format(numberOf(expected))}` : "";
  const all = `${COUNT.format(numberOf(installs))}${of} installs`;
  return [
    `${textOf(name)} (${countryName(textOf(country))})`,
    `${textOf(status)}; ${COUNT.format(numberOf(yesterday))} installs in a day, ${all} so far`,
  ];
}

function nextFact(data: Row): [string, string][] {
  const proposals = rowsOf(data.proposals).map(
    ({ country, phase }) => `${countryName(textOf(country))} to ${textOf(phase)} waits for approval`,
  );
  const next = rowsOf([data.next]).map(
    ({ country, phase }) => `${countryName(textOf(country))} opens next, as ${textOf(phase)}`,
  );
  const steps = [...proposals, ...next];
  return steps.length === 0 ? [] : [["Next steps", steps.join("; ")]];
}

function pauseFact(data: Row): [string, string][] {
  const pauses = rowsOf(data.pauses).map(({ country, reason }) => {
    const why = textOf(reason);
    return `${countryName(textOf(country))}${why === "" ? "" : ` (${why})`}`;
  });
  return pauses.length === 0 ? [] : [["Paused", pauses.join("; ")]];
}

function throttleFact(data: Row): [string, string][] {
  const minutes = numberOf(data.throttled_minutes);
  if (minutes === 0) return [];
  const hours = minutes < 60 ? counted(minutes, "minute", "minutes") : `${(minutes / 60).toFixed(1)} hours`;
  return [["Throttled", `${hours} at level 2 or above`]];
}

/** A day's summary in words, short: what has nothing to say is left out, and a day without a cap check says so. */
export function summaryWords({ data, subject, workspace, slug }: Delivery, siteUrl: string): Words {
  const countries = rowsOf(data.countries);
  const admitted = numberOf(data.admitted);
  const refused = numberOf(data.refused);
  const isSilent = admitted === 0 && refused === 0;
  const more = numberOf(data.more_countries);
  const lead = isSilent
    ? `No cap check was answered for ${workspace}: nobody was admitted or refused.`
    : `${COUNT.format(admitted)} people admitted and ${COUNT.format(refused)} checks refused in ${workspace}, by the local day of each country.`;
  return {
    title: `${subject.startsWith("test:") ? "Test: " : ""}Summary of ${DAY.format(new Date(textOf(data.day)))}`,
    lead,
    facts: [
      ...countryFacts(countries),
      ...(more === 0
        ? []
        : [["Besides", counted(more, "more country", "more countries")] as [string, string]]),
      ...pauseFact(data),
      ...throttleFact(data),
      alertsFact(data),
      ...rowsOf(data.campaigns).map(campaignFact),
      ...nextFact(data),
    ],
    link: `${siteUrl}/${slug}`,
    severity: "info",
  };
}
