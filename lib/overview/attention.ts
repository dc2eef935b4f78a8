import type { CountryToday } from "#lib/launch/country-pages.ts";
import type { RiskLevel } from "#lib/regions/vocabulary.ts";
import type { Capacity, RunningCampaign } from "./running-campaigns.ts";

/** Something that needs a person (`act`) or will soon (`watch`). `path` is below the workspace's address. */
export type Attention = { weight: "act" | "watch"; country: string | null; text: string; path: string };

/** What attention is judged from. `capAt`: when a country's cap of users is expected to be reached today, in milliseconds. */
export type Situation = {
  countries: readonly CountryToday[];
  risks: ReadonlyMap<string, RiskLevel>;
  capAt: ReadonlyMap<string, number>;
  campaigns: readonly (RunningCampaign & { capacity: Capacity })[];
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

/** " while Spring is live", or nothing when no live campaign sends people to the country. */
function whileLive(code: string, { campaigns }: Situation): string {
  const live = campaigns.filter(({ country, status }) => country === code && status === "live");
  const [first] = live;
  if (first === undefined) return "";
  return live.length === 1 ? ` while ${first.name} is live` : ` while ${live.length} campaigns are live`;
}

/** A country that takes nobody. A person's pause is theirs to know, unless a campaign sends people there all the same. */
function aboutClosed(country: CountryToday, situation: Situation, path: string): Attention | null {
  const { code, name, phase, lastChange } = country;
  const during = whileLive(code, situation);
  if (phase === "not_launched")
    return during === ""
      ? null
      : { weight: "act", country: code, text: `${name} is not open${during}`, path };
  if (lastChange?.by === ENGINE)
    return { weight: "act", country: code, text: `${name} is paused by risk${during}`, path };
  return {
    weight: during === "" ? "watch" : "act",
    country: code,
    text: `${name} is paused${during}`,
    path,
  };
}

/** The one thing to know of an open country, the most pressing first; null when all is well. */
function aboutOpen(country: CountryToday, situation: Situation, path: string): Attention | null {
  const { risks, capAt } = situation;
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
  if (cap > 0 && used >= cap) return say("act", `${name} has reached its cap${whileLive(code, situation)}`);
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

/** What is to know of campaigns that the lines of their countries don't say. */
function aboutCampaigns({ campaigns, countries }: Situation): Attention[] {
  const listed = new Set(countries.map(({ code }) => code));
  return campaigns.flatMap(({ id, name, status, country: code, door, behind, capacity }): Attention[] => {
    const line = { country: null, path: `campaigns/${id}` };
    if (status === "live" && door === "not_launched" && !listed.has(code))
      return [{ ...line, weight: "act", text: `${name} is live, and ${capacity.text}` }];
    if (status === "scheduled" && (door === "paused" || door === "not_launched"))
      return [{ ...line, weight: "watch", text: `${name} starts within a day, and ${capacity.text}` }];
    return behind ? [{ ...line, weight: "watch", text: `${name} is behind its forecast` }] : [];
  });
}

/** What needs somebody and what to watch, the pressing first: one line for each country at most. */
export function attentionOf(situation: Situation): Attention[] {
  const ofCountries = situation.countries.flatMap((country) => {
    const path = `countries/${country.code}`;
    const isClosed = country.phase === "pause" || country.phase === "not_launched";
    const found = isClosed ? aboutClosed(country, situation, path) : aboutOpen(country, situation, path);
    return found === null ? [] : [found];
  });
  const all = [...ofCountries, ...aboutAll(situation), ...aboutCampaigns(situation)];
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
