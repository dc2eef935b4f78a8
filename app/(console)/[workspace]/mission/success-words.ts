import { formatCount } from "#components/number-format.ts";
import type { Success, SuccessMetric } from "#lib/overview/success.ts";

type Words = { title: string; how: string; none: string; unit: "share" | "stars" | "ms" };

/** How each success metric is called, how it is counted, and what brings it where there is none. */
export const SUCCESS_WORDS: Record<SuccessMetric, Words> = {
  registrations: {
    title: "Successful registrations",
    how: "Users granted and kept ÷ users asked for. Who is refused at a cap counts against it, and so does a place given back.",
    none: "Comes with the first cap check of a user.",
    unit: "share",
  },
  verification: {
    title: "Verification rate",
    how: "Verified accounts ÷ installs, all countries together, from the newest hourly snapshot.",
    none: "Report app.installed and verification.completed events.",
    unit: "share",
  },
  store_rating: {
    title: "Store rating",
    how: "Mean of every store.rated event.",
    none: "Report store.rated events.",
    unit: "stars",
  },
  api_errors: {
    title: "API errors",
    how: "Answers of 500 and above ÷ all answers of the gate and the web app of this installation.",
    none: "Comes a minute after the first request.",
    unit: "share",
  },
  response_ms: {
    title: "Average response",
    how: "Time from a request's arrival at the gate or the web app to its answer, mean over all.",
    none: "Comes a minute after the first request.",
    unit: "ms",
  },
  fraud: {
    title: "Fraudulent accounts",
    how: "Accounts put on the blocklist ÷ accounts made (registration.completed). Blocked devices and IP ranges are not counted.",
    none: "Report registration.completed events.",
    unit: "share",
  },
  chargebacks: {
    title: "Chargebacks",
    how: "Payments charged back ÷ payments made, by number.",
    none: "Report purchase.completed events.",
    unit: "share",
  },
};

function number(value: number, unit: Words["unit"]): string {
  if (unit === "ms") return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
  if (unit === "stars") return value.toFixed(2);
  const percent = value * 100;
  return `${percent.toFixed(percent > 0 && percent < 1 ? 2 : 1)} %`;
}

/** "97.2 %", "4.61", "38 ms", or a dash. */
export function valueText({ metric, value }: Success): string {
  return value === null ? "–" : number(value, SUCCESS_WORDS[metric].unit);
}

/** "above 95 %", "below 200 ms". */
export function targetText({ metric, target, bound }: Success): string {
  const text = number(target, SUCCESS_WORDS[metric].unit).replace(/\.?0+ %$/, " %");
  return `${bound} ${metric === "store_rating" ? "4.5" : text}`;
}

/** What the number stands on: "1,204 of 1,240, last 24 hours". */
export function sourceText({ metric, part, whole, hours, value }: Success): string {
  const span = hours === 24 ? "last 24 hours" : `last ${hours / 24} days`;
  if (value === null) return SUCCESS_WORDS[metric].none;
  const unit = SUCCESS_WORDS[metric].unit;
  if (unit === "ms") return `${formatCount(whole)} answers, ${span}`;
  if (unit === "stars") return `${formatCount(whole)} ratings, ${span}`;
  return `${formatCount(part)} of ${formatCount(whole)}, ${span}`;
}
