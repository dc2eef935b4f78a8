import panel from "#app/(console)/[workspace]/panel.module.css";
import classes from "#app/(console)/[workspace]/regions/regions.module.css";
import { RelativeTime } from "#components/relative-time.tsx";
import type { Scorecard } from "#lib/regions/scorecard.ts";

/** Who changed the scorecard when, and why. What each version changed is in the audit trail. */
export function VersionList({ cards }: { cards: readonly Scorecard[] }) {
  return (
    <section className={panel.panel} aria-labelledby="versions">
      <div className={panel.head}>
        <h2 id="versions" className={panel.title}>
          Versions
        </h2>
      </div>
      <ul className={classes.list}>
        {cards.map((card) => (
          <li key={card.version} className={classes.line}>
            <span>
              <strong>Version {card.version}</strong>: {card.reason ?? "The rules a workspace begins with"}
            </span>
            <span className={classes.muted}>
              {card.changedBy}, <RelativeTime at={card.changedAt} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
