import { isCurrency, MINOR_DIGITS } from "#lib/launch/currencies.ts";
import type { KpiName } from "./vocabulary.ts";

/** The KPIs of a span as its row has them; amounts in minor units, `revenues` by own currency. */
export type Kpis = {
  installs: number;
  verified: number;
  active_users: number;
  active_chats: number;
  revenue_minor: number;
  currency: string;
  revenues: Record<string, number>;
  missing_currencies: string[];
  chargebacks: number;
  charged_back: Record<string, number>;
  support_volume: number;
  safety_incidents: number;
  churn_risk: number | null;
  store_rating: number | null;
};

/** An amount in whole units, for charts. Unknown currencies count two decimal places. */
export function wholeUnits(minor: number, currency: string): number {
  return minor / 10 ** (isCurrency(currency) ? MINOR_DIGITS[currency] : 2);
}

/** Verified users per install; null without installs. */
function verificationRate({ verified, installs }: Pick<Kpis, "verified" | "installs">): number | null {
  return installs === 0 ? null : verified / installs;
}

/** One KPI as a number: revenue in whole units of the reporting currency, a rate from 0 to 1, null when it isn't known. */
export function kpiValue(kpis: Kpis, name: KpiName): number | null {
  if (name === "revenue") return wholeUnits(kpis.revenue_minor, kpis.currency);
  if (name === "verification_rate") return verificationRate(kpis);
  return kpis[name];
}
