import type { CountryToday } from "#lib/launch/country-pages.ts";
import type { RiskLevel } from "#lib/regions/vocabulary.ts";

/** Something that needs a person (`act`) or will soon (`watch`). `path` is below the workspace's address. */
export type Attention = { weight: "act" | "watch"; country: string | null; text: string; path: string };

/** What attention is judged from. `capAt`: when a country's cap of users is expected to be reached today, in milliseconds. */
export type Situation = {
  countries: readonly CountryToday[];
  risks: ReadonlyMap<string, RiskLevel>;
  capAt: ReadonlyMap<string, number>;
  throttle: number;
  engineOff: boolean;
  alerts: { warning: number; critical: number };
};

/** How the engine signs a change. */
const ENGINE = "Gantry";
/** From which share of its cap of users a country is close to it, and from which it is near. */
const CLOSE = 0.95;
const NEAR = 0.8;

function clockIn(timeZone: string, at: number): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" }).format(at);
}

function aboutPause(country: CountryToday, path: string): Attention {
  const byEngine = country.lastChange?.by === ENGINE;
  return byEngine
    ? { weight: "act", country: country.code, text: `${country.name} is paused by risk`, path }
    : { weight: "watch", country: country.code, text: `${country.name} is paused`, path };
}

/** The one thing to know of an open country, the most pressing first; null when all is well. */
function aboutOpen(country: CountryToday, { risks, capAt }: Situation, path: string): Attention | null {
  const { code, name, timeZone } = country;
  const { used, cap } = country.gates.user;
  const risk = risks.get(code);
  const share = cap === 0 ? 0 : used / cap;
  const say = (weight: Attention["weight"], text: string, to = path) => ({
    weight,
    country: code,
    text,
    path: to,
  });
  if (risk === "critical" || risk === "high")
    return say("act", `${name} has ${risk} risk`, `regions/${code}`);
  if (cap > 0 && used >= cap) return say("act", `${name} has reached its cap`);
  if (share >= CLOSE) return say("act", `${name} is at ${Math.floor(share * 100)} % of its cap`);
  const at = capAt.get(code);
  if (at !== undefined) {
    return say("watch", `${name} is expected to reach its cap at ${clockIn(timeZone, at)}`, "forecast");
  }
  if (share >= NEAR) return say("watch", `${name} is at ${Math.floor(share * 100)} % of its cap`);
  return null;
}

function aboutAll({ throttle, engineOff, alerts }: Situation): Attention[] {
  const found: Attention[] = [];
  if (engineOff) {
    found.push({
      weight: "act",
      country: null,
      text: "the engine is off, so everybody is let in",
      path: "flags",
    });
  }
  if (throttle >= 2) {
    found.push({ weight: "act", country: null, text: `the throttle is at level ${throttle}`, path: "load" });
  } else if (throttle === 1) {
    found.push({ weight: "watch", country: null, text: "load is near a limit", path: "load" });
  }
  if (alerts.critical > 0) {
    const words = alerts.critical === 1 ? "1 critical alert is" : `${alerts.critical} critical alerts are`;
    found.push({ weight: "act", country: null, text: `${words} open`, path: "alerts" });
  }
  return found;
}

/** What needs somebody and what to watch, the pressing first: one line for each country at most. */
export function attentionOf(situation: Situation): Attention[] {
  const ofCountries = situation.countries.flatMap((country) => {
    const path = `countries/${country.code}`;
    if (country.phase === "not_launched") return [];
    const found = country.phase === "pause" ? aboutPause(country, path) : aboutOpen(country, situation, path);
    return found === null ? [] : [found];
  });
  const all = [...ofCountries, ...aboutAll(situation)];
  return [...all.filter(({ weight }) => weight === "act"), ...all.filter(({ weight }) => weight === "watch")];
}

/** The line on top: "2 countries need you" and how many other things; or that nothing does. */
export function headline(found: readonly Attention[]): string {
  const acts = found.filter(({ weight }) => weight === "act");
  const countries = acts.filter(({ country }) => country !== null).length;
  const others = acts.length - countries;
  if (acts.length === 0) return found.length === 0 ? "Nothing needs you" : "Nothing needs you now";
  const words = [
    ...(countries === 0 ? [] : [countries === 1 ? "1 country" : `${countries} countries`]),
    ...(others === 0 ? [] : [others === 1 ? "1 other thing" : `${others} other things`]),
  ].join(" and ");
  const thing = countries === 0 ? words.replace("other ", "") : words;
  return `${thing} ${acts.length === 1 ? "needs" : "need"} you`;
}
