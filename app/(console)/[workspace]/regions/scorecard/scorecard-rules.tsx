import panel from "#app/(console)/[workspace]/panel.module.css";
import classes from "#app/(console)/[workspace]/regions/regions.module.css";
import { metricText, metricWords } from "#app/(console)/[workspace]/regions/words.ts";
import { formatCount } from "#components/number-format.ts";
import type { Scorecard } from "#lib/regions/scorecard.ts";

/** The scorecard in force, for who may not change it. */
export function ScorecardRules({ card, currency }: { card: Scorecard; currency: string }) {
  return (
    <section className={panel.panel} aria-labelledby="rules">
      <div className={panel.head}>
        <h2 id="rules" className={panel.title}>
          Version {card.version}
        </h2>
      </div>
      <div className={classes.scroll}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Metric</th>
              <th scope="col">When</th>
              <th scope="col">Points</th>
              <th scope="col">Trip</th>
            </tr>
          </thead>
          <tbody>
            {card.rules.map((rule) => (
              <tr key={JSON.stringify(rule)}>
                <td>{metricWords(rule.metric)}</td>
                <td>
                  {rule.comparison} {metricText(rule.metric, rule.threshold, currency)}
                </td>
                <td>{rule.points}</td>
                <td>{rule.trip ? "Critical by itself" : ""}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={panel.note}>
        Medium from {card.medium_from} points, high from {card.high_from}, critical from {card.critical_from}.
        Below {formatCount(card.minimum_active_users)} active users there is no score.
      </p>
    </section>
  );
}
