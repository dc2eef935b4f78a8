import Link from "next/link";
import classes from "#app/(console)/[workspace]/mission/mission.module.css";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { throttleWord } from "#app/(console)/[workspace]/throttle-words.ts";
import { RelativeTime } from "#components/relative-time.tsx";
import { SeverityBadge } from "#components/severity-badge.tsx";
import type { Alert } from "#lib/alerts/schema.ts";

const LEVELS = [0, 1, 2, 3] as const;

/** The throttle in force, as a scale of its four levels. */
export function ThrottlePanel({ slug, level }: { slug: string; level: number }) {
  return (
    <section className={panel.panel} aria-labelledby="throttle">
      <div className={panel.head}>
        <h2 id="throttle" className={panel.title}>
          Throttle
        </h2>
        <Link href={`/${slug}/load`} className={classes.all}>
          Load
        </Link>
      </div>
      <div className={classes.levels} data-level={level} role="img" aria-label={`Level ${level} of 3`}>
        {LEVELS.map((each) => (
          <span key={each} data-on={each <= level || undefined} />
        ))}
      </div>
      <p className={classes.level}>
        Level {level}: <strong>{throttleWord(level).toLowerCase()}</strong>
      </p>
    </section>
  );
}

type Props = { slug: string; counts: { warning: number; critical: number }; newest: readonly Alert[] };

/** How many alerts nobody has resolved, by severity, and the newest of them. */
export function AlertsPanel({ slug, counts, newest }: Props) {
  return (
    <section className={panel.panel} aria-labelledby="alerts">
      <div className={panel.head}>
        <h2 id="alerts" className={panel.title}>
          Open alerts
        </h2>
        <Link href={`/${slug}/alerts`} className={classes.all}>
          All alerts
        </Link>
      </div>
      <dl className={classes.counts}>
        <div data-tone={counts.critical > 0 ? "act" : "fine"}>
          <dt>Critical</dt>
          <dd>{counts.critical}</dd>
        </div>
        <div data-tone={counts.warning > 0 ? "watch" : "fine"}>
          <dt>Warning</dt>
          <dd>{counts.warning}</dd>
        </div>
      </dl>
      <ul className={classes.lines}>
        {newest.map((alert) => (
          <li key={alert.id}>
            <SeverityBadge severity={alert.severity} />
            <Link href={`/${slug}/alerts?alert=${alert.id}`} className={classes.what}>
              {alert.title}
            </Link>
            <span className={classes.when}>
              <RelativeTime at={alert.last_at} />
            </span>
          </li>
        ))}
      </ul>
      {newest.length === 0 && <p className={panel.note}>Nobody has to look at anything.</p>}
    </section>
  );
}
