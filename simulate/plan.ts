import type { CountryCode } from "#lib/launch/country-codes.ts";
import type { CurrencyCode } from "#lib/launch/currencies.ts";
import type { EU_FIRST_WAVE, Operation } from "#lib/launch/vocabulary.ts";
import { arrivals, surge } from "./daily-curve.ts";
import type { Random } from "./random.ts";

/** How a client asks: once, again after the answer, twice at the same time, or again because the answer was lost. */
export type Asking = "once" | "again" | "twice_at_once" | "after_loss";

/** One thing a visitor does that has to be asked for. */
export interface Visit {
  /** The hour of the local day. */
  hour: number;
  country: CountryCode;
  operation: Operation;
  asking: Asking;
  /** A sign-up that breaks off and gives its place back. */
  fails: boolean;
  /** Simulated seconds from the answer to the sign-up's end. */
  takes: number;
  amount?: { minor: number; currency: CurrencyCode };
  /** Came through the campaign's tracked link. */
  tracked?: true;
}

/** What a country brings on a whole day, on average. */
export interface Demand {
  code: CountryCode;
  currency: CurrencyCode;
  user: number;
  payment: number;
  creator: number;
}

/** A campaign that sends people to one country for an hour and a half of the evening, or late in a day cut short. */
export interface Campaign {
  code: CountryCode;
  signUps: number;
}

const CAMPAIGN_HOURS = [19, 20.5] as const;
export const MEAN_AMOUNT = 1150;

const PURCHASES_PER_SIGN_UP = 1.2;
const CREATORS_PER_SIGN_UP = 0.06;

// Millions of people, for how the traffic divides, and what they pay in.
const MARKETS: Record<(typeof EU_FIRST_WAVE)[number], { people: number; currency: CurrencyCode }> = {
  PL: { people: 37, currency: "PLN" },
  CZ: { people: 11, currency: "CZK" },
  SK: { people: 5, currency: "EUR" },
  HR: { people: 4, currency: "EUR" },
  RO: { people: 19, currency: "RON" },
  BG: { people: 7, currency: "EUR" },
  GR: { people: 10, currency: "EUR" },
  IT: { people: 59, currency: "EUR" },
};
const PEOPLE = Object.values(MARKETS).reduce((sum, { people }) => sum + people, 0);

/** What each country of the EU first wave brings when all together bring `volume` sign-ups a day. */
export function demands(volume: number): Demand[] {
  return Object.entries(MARKETS).map(([code, { people, currency }]) => {
    const user = (volume * people) / PEOPLE;
    return {
      code: code as keyof typeof MARKETS,
      currency,
      user,
      payment: user * PURCHASES_PER_SIGN_UP,
      creator: user * CREATORS_PER_SIGN_UP,
    };
  });
}

/** Everything that is asked for on the day, in order. The same random numbers make the same day. */
export function planDay(
  random: Random,
  day: { demands: Demand[]; campaign: Campaign | undefined; hours: number },
): Visit[] {
  const visits: Visit[] = [];
  for (const { code, currency, ...totals } of day.demands) {
    for (const operation of ["user", "payment", "creator"] as const) {
      for (const hour of arrivals(random, totals[operation], day.hours)) {
        visits.push(visit(random, { hour, country: code, operation }, currency));
      }
    }
  }
  if (day.campaign !== undefined) {
    const [from, to] = day.hours >= 21 ? CAMPAIGN_HOURS : [day.hours * 0.7, day.hours * 0.85];
    for (const hour of surge(random, day.campaign.signUps, from, to)) {
      const what = { hour, country: day.campaign.code, operation: "user" } as const;
      visits.push({ ...visit(random, what, "EUR"), tracked: true });
    }
  }
  return visits.toSorted((a, b) => a.hour - b.hour);
}

function visit(
  random: Random,
  what: Pick<Visit, "hour" | "country" | "operation">,
  currency: CurrencyCode,
): Visit {
  const amount = { minor: random.between(MEAN_AMOUNT - 951, MEAN_AMOUNT + 951), currency };
  return {
    ...what,
    asking: asking(random.next()),
    fails: random.chance(0.12),
    takes: random.between(20, 600),
    ...(what.operation === "payment" ? { amount } : {}),
  };
}

function asking(drawn: number): Asking {
  if (drawn < 0.04) return "again";
  if (drawn < 0.07) return "twice_at_once";
  return drawn < 0.1 ? "after_loss" : "once";
}
