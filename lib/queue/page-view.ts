import { TEXTS } from "./page-texts.ts";
import type { PageLanguage, PageWords } from "./page-words.ts";
import type { HeldTicket } from "./tickets.ts";

/** What the waiting page says about a ticket, in one language. */
export interface PageView {
  title: string;
  sentences: string[];
}

/** Fills in what stands in braces. */
export function fill(text: string, parts: Record<string, string>): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => parts[name] ?? "");
}

/** Seconds as a length of time: "45 seconds", "3 minutes", "2 hours". */
function duration(language: PageLanguage, seconds: number): string {
  const [count, unit] =
    seconds < 90
      ? [Math.max(seconds, 0), "second"]
      : seconds < 5400
        ? [Math.round(seconds / 60), "minute"]
        : [Math.round(seconds / 3600), "hour"];
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(count);
}

/** How far ahead: "in 5 minutes", "in 3 hours". */
export function fromNow(language: PageLanguage, seconds: number): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: "always" });
  if (seconds >= 129_600) return format.format(Math.round(seconds / 86_400), "day");
  if (seconds >= 5400) return format.format(Math.round(seconds / 3600), "hour");
  return format.format(Math.max(Math.ceil(seconds / 60), 1), "minute");
}

/** How far ahead, where seconds matter: "in 24 seconds". */
export function inSeconds(language: PageLanguage, seconds: number): string {
  return new Intl.RelativeTimeFormat(language, { numeric: "always" }).format(seconds, "second");
}

/** The time of day in a zone; precise: with seconds. */
export function clock(language: PageLanguage, at: string, timeZone: string, precise: boolean): string {
  return new Intl.DateTimeFormat(language, {
    timeStyle: precise ? "medium" : "short",
    timeZone,
    hourCycle: "h23",
  }).format(new Date(at));
}

function placeSentence(language: PageLanguage, words: PageWords, place: number): string {
  if (place <= 1) return words.next_up;
  const ahead = place - 1;
  const sentence = words.ahead[new Intl.PluralRules(language).select(ahead)] ?? words.ahead.other;
  return fill(sentence, { n: new Intl.NumberFormat(language).format(ahead) });
}

const secondsTo = (at: string, now: number) => Math.round((Date.parse(at) - now) / 1000);

function waitingSentences(held: HeldTicket, language: PageLanguage, now: number): string[] {
  const words = TEXTS[language];
  const { place, estimated_at } = held.ticket;
  return [
    placeSentence(language, words, place ?? 1),
    estimated_at === null
      ? words.no_estimate
      : fill(words.estimate, {
          in: fromNow(language, secondsTo(estimated_at, now)),
          at: clock(language, estimated_at, held.time_zone, false),
        }),
    fill(words.window, { duration: duration(language, held.claim_seconds) }),
    words.stay,
  ];
}

function readySentences(held: HeldTicket, language: PageLanguage, now: number): string[] {
  const words = TEXTS[language];
  const { claim_until } = held.ticket;
  if (claim_until === null) return [];
  return [
    fill(words.left_over, { duration: duration(language, secondsTo(claim_until, now)) }),
    fill(words.ready_until, { at: clock(language, claim_until, held.time_zone, true) }),
    ...(held.return_url === null ? [words.go_back] : []),
  ];
}

/** The page's title and sentences for a ticket, now (milliseconds). Times are the country's. */
export function pageView(held: HeldTicket, language: PageLanguage, now: number): PageView {
  const words = TEXTS[language];
  const { state } = held.ticket;
  if (state === "waiting") return { title: words.waiting, sentences: waitingSentences(held, language, now) };
  if (state === "ready") return { title: words.ready, sentences: readySentences(held, language, now) };
  return { title: words[state], sentences: [words[`${state}_next`]] };
}
