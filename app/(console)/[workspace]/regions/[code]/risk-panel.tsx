import panel from "#app/(console)/[workspace]/panel.module.css";
import { FactorList } from "#app/(console)/[workspace]/regions/[code]/factor-list.tsx";
import classes from "#app/(console)/[workspace]/regions/regions.module.css";
import { RiskBadge } from "#app/(console)/[workspace]/regions/risk-badge.tsx";
import { RelativeTime } from "#components/relative-time.tsx";
import type { RiskScore } from "#lib/regions/region-pages.ts";

/** Where the level changed, newest first. */
function changesOf(scores: readonly RiskScore[]): RiskScore[] {
  return scores.filter((score, index) => score.level !== scores[index + 1]?.level).slice(0, 12);
}

/** The risk of a country now with why each point was given, and when its level changed. */
export function RiskPanel({ scores, currency }: { scores: readonly RiskScore[]; currency: string }) {
  const [now] = scores;
  return (
    <section className={panel.panel} aria-labelledby="risk">
      <div className={panel.head}>
        <h2 id="risk" className={panel.title}>
          Risk
        </h2>
        {now !== undefined && <RiskBadge level={now.level} score={now.score} />}
      </div>
      {now === undefined ? (
        <p className={panel.note}>It was not judged in the last 30 days.</p>
      ) : (
        <>
          {now.level === "insufficient_data" ? (
            <p className={classes.muted}>Too few active users to judge. Nothing is paused without data.</p>
          ) : (
            <FactorList factors={now.factors} currency={currency} />
          )}
          <p className={panel.note}>
            Judged <RelativeTime at={now.at} /> by scorecard version {now.scorecardVersion}.
          </p>
          <h3>Changes of the level</h3>
          <ul className={classes.list}>
            {changesOf(scores).map((score) => (
              <li key={score.at} className={classes.line}>
                <RiskBadge level={score.level} score={score.score} />
                <span className={classes.muted}>
                  <RelativeTime at={score.at} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
