import classes from "#app/(console)/[workspace]/campaigns/[id]/links.module.css";
import { formatCount, formatShare } from "#components/number-format.ts";
import type { Campaign } from "#lib/campaigns/schema.ts";
import { formatMinor, isCurrency } from "#lib/launch/currencies.ts";
import type { Returns } from "#lib/links/links.ts";

type Step = "clicks" | "installs" | "registrations" | "creators" | "purchases";

const STEPS: readonly { step: Step; label: string; of?: Step; per?: string }[] = [
  { step: "clicks", label: "Clicks" },
  { step: "installs", label: "Installs", of: "clicks" },
  { step: "registrations", label: "Registrations", of: "installs" },
  { step: "creators", label: "Creators", of: "registrations" },
  { step: "purchases", label: "Purchases", of: "registrations", per: "a registration" },
];

function rateOf(returns: Returns, { step, of, per }: (typeof STEPS)[number]): string {
  if (of === undefined || returns[of] === 0) return "";
  const share = returns[step] / returns[of];
  // A person may buy more than once.
  return per === undefined ? `${formatShare(share)} of ${of}` : `${share.toFixed(2)} ${per}`;
}

const daysText = (days: number) => (days === 1 ? "day" : `${days} days`);

function remarks({ visitors, bots, waiting }: Returns, windows: Windows): string[] {
  return [
    ...(visitors > 0 ? [`${formatCount(visitors)} visitors, each counted once a day and link.`] : []),
    ...(bots > 0 ? [`${formatCount(bots)} clicks of programs are left out.`] : []),
    ...(waiting > 0 ? [`${formatCount(waiting)} clicks found the country closed and had to wait.`] : []),
    `An install belongs to the last touch in the ${daysText(windows.install_window_days)} before it, a later step to the last in ${windows.later_window_days}.`,
  ];
}

type Windows = Pick<Campaign, "install_window_days" | "later_window_days">;

/** What became of the clicks, step by step, and what it brought, each currency by itself. */
export function ReturnsFunnel({ returns, windows }: { returns: Returns; windows: Windows }) {
  const most = Math.max(...STEPS.map(({ step }) => returns[step]), 1);
  const money = Object.entries(returns.revenues).flatMap(([currency, minor]) =>
    isCurrency(currency) ? [formatMinor(minor, currency, "en")] : [],
  );
  return (
    <div className={classes.returns}>
      <h3 className={classes.heading}>From click to purchase</h3>
      <ol className={classes.funnel}>
        {STEPS.map((one) => (
          <li key={one.step}>
            <span>{one.label}</span>
            <span
              className={classes.bar}
              style={{ "--tone": `${(100 * returns[one.step]) / most}%` }}
              aria-hidden
            />
            <span className={classes.count}>{formatCount(returns[one.step])}</span>
            <span className={classes.rate}>{rateOf(returns, one)}</span>
          </li>
        ))}
      </ol>
      <p className={classes.money}>
        {money.length === 0 ? "No revenue yet" : `Revenue ${money.join(" and ")}`}
        {returns.chargebacks > 0 && ", net of chargebacks"}
      </p>
      <p className={classes.small}>{remarks(returns, windows).join(" ")}</p>
    </div>
  );
}
