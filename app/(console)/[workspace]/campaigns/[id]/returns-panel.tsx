import panel from "#app/(console)/[workspace]/panel.module.css";
import { Fact, Facts } from "#components/facts.tsx";
import { formatCount } from "#components/number-format.ts";
import type { Campaign } from "#lib/campaigns/schema.ts";
import { MINOR_DIGITS } from "#lib/launch/currencies.ts";
import type { Returns } from "#lib/links/links.ts";

const SHARE = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 });

function money(minor: number, currency: string): string {
  const digits = (Reflect.get(MINOR_DIGITS, currency) as number | undefined) ?? 2;
  return new Intl.NumberFormat("en", { style: "currency", currency }).format(minor / 10 ** digits);
}

const ratio = (part: number, whole: number) => (whole > 0 ? SHARE.format(part / whole) : "–");

const amounts = (sums: Record<string, number>) =>
  Object.entries(sums)
    .map(([currency, minor]) => money(minor, currency))
    .join(", ");

/** What the campaign was to bring and what it brought: installs, conversion, revenue net of chargebacks, creators, cost and return. */
export function ReturnsPanel({ campaign, returns }: { campaign: Campaign; returns: Returns }) {
  const revenues = Object.entries(returns.revenues);
  const { cost } = campaign;
  const earned = cost === null ? undefined : returns.revenues[cost.currency];
  return (
    <section className={panel.panel} aria-labelledby="returns">
      <div className={panel.head}>
        <h2 id="returns" className={panel.title}>
          Forecast and return
        </h2>
      </div>
      <Facts>
        <Fact name="Clicks">
          {formatCount(returns.clicks)} of {formatCount(campaign.traffic_forecast)} (
          {ratio(returns.clicks, campaign.traffic_forecast)})
        </Fact>
        <Fact name="Installs">
          {formatCount(returns.installs)} of {formatCount(campaign.expected_installs)} (
          {ratio(returns.installs, campaign.expected_installs)})
        </Fact>
        <Fact name="Conversion">{ratio(returns.installs, returns.clicks)} of clicks became installs</Fact>
        <Fact name="Creators">
          {formatCount(returns.creators)} of {formatCount(campaign.creator_inflow)}
        </Fact>
        <Fact name="Revenue">
          {revenues.length === 0 ? "None yet" : amounts(returns.revenues)}
          {returns.chargebacks > 0 && ", net of chargebacks"}
        </Fact>
        {returns.chargebacks > 0 && (
          <Fact name="Chargebacks">
            {formatCount(returns.chargebacks)} took back {amounts(returns.charged_back)}
          </Fact>
        )}
        <Fact name="Revenue per install">
          {returns.installs === 0 || revenues.length === 0
            ? "–"
            : revenues.map(([currency, minor]) => money(minor / returns.installs, currency)).join(", ")}
        </Fact>
        <Fact name="Cost">{cost === null ? "Not given" : money(cost.minor, cost.currency)}</Fact>
        <Fact name="Return">
          {cost === null || cost.minor === 0
            ? "–"
            : earned === undefined
              ? `Nothing earned in ${cost.currency} yet`
              : `${(earned / cost.minor).toFixed(2)} × the cost`}
        </Fact>
      </Facts>
    </section>
  );
}
