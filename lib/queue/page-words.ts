/** The waiting page's languages: those of the eight launch countries, and English. */
export const PAGE_LANGUAGES = ["en", "pl", "cs", "sk", "hr", "ro", "bg", "el", "it"] as const;
export type PageLanguage = (typeof PAGE_LANGUAGES)[number];

/** Everything the page says. In braces stand the parts that are filled in. */
export interface PageWords {
  waiting: string;
  next_up: string;
  /** How many are before: one sentence for each plural form of the language. */
  ahead: Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
  estimate: string;
  no_estimate: string;
  stay: string;
  window: string;
  leave: string;
  ready: string;
  ready_until: string;
  left_over: string;
  go_on: string;
  go_back: string;
  claimed: string;
  claimed_next: string;
  passed: string;
  passed_next: string;
  left: string;
  left_next: string;
  ended: string;
  ended_next: string;
  missing: string;
  missing_next: string;
  too_often: string;
  too_often_next: string;
  away: string;
  away_next: string;
  again: string;
}

const COUNTRIES: Record<string, PageLanguage> = {
  PL: "pl",
  CZ: "cs",
  SK: "sk",
  HR: "hr",
  RO: "ro",
  BG: "bg",
  GR: "el",
  IT: "it",
};

/** The language of a page: the first one that the reader's browser asks for and we speak, then the country's, then English. */
export function pageLanguage(acceptLanguage: string | null, country?: string): PageLanguage {
  const asked = (acceptLanguage ?? "")
    .slice(0, 500)
    .split(",")
    .map((part, index) => {
      const [tag = "", ...rest] = part.trim().split(";");
      const quality = /^\s*q=([\d.]+)/.exec(rest.join(";"))?.[1];
      return { language: tag.toLowerCase().split("-")[0], weight: Number(quality ?? 1), index };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight || a.index - b.index);
  for (const { language } of asked) {
    const known = PAGE_LANGUAGES.find((one) => one === language);
    if (known !== undefined) return known;
  }
  return COUNTRIES[country ?? ""] ?? "en";
}
