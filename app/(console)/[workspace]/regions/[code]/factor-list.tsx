import classes from "#app/(console)/[workspace]/regions/regions.module.css";
import { metricText, metricWords } from "#app/(console)/[workspace]/regions/words.ts";
import type { RiskFactor } from "#lib/db/regions-schema.ts";

function why({ metric, value, comparison, threshold, unknown }: RiskFactor, currency: string): string {
  if (unknown === "no_data") return "nothing was reported to judge it by";
  if (unknown === "missing_rate") return "a currency has no rate, so it may be higher";
  return `${metricText(metric, value, currency)} is ${comparison} ${metricText(metric, threshold, currency)}`;
}

/** Why each point of a score was given, and what could not be judged. */
export function FactorList({ factors, currency }: { factors: readonly RiskFactor[]; currency: string }) {
  if (factors.length === 0) return <p className={classes.muted}>No rule gave a point.</p>;
  return (
    <ul className={classes.list}>
      {factors.map((factor) => (
        <li key={`${factor.metric} ${factor.threshold}`} className={classes.line}>
          <span>
            <strong>{metricWords(factor.metric)}</strong>: {why(factor, currency)}
          </span>
          <span className={classes.muted}>
            {factor.unknown !== undefined ? "no points" : `+${factor.points}`}
            {factor.trip ? ", trip" : ""}
          </span>
        </li>
      ))}
    </ul>
  );
}
