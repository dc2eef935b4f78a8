import Link from "next/link";
import panel from "#app/(console)/[workspace]/panel.module.css";
import classes from "#app/(console)/[workspace]/threats/threats.module.css";
import { RelativeTime } from "#components/relative-time.tsx";
import { SeverityBadge } from "#components/severity-badge.tsx";
import type { OpenThreat } from "#lib/threats/patterns.ts";

/** What somebody should look at first: each leads to its alert. */
export function OpenThreats({ slug, threats }: { slug: string; threats: readonly OpenThreat[] }) {
  return (
    <section className={panel.panel} aria-labelledby="open">
      <div className={panel.head}>
        <h2 id="open" className={panel.title}>
          Open alerts
        </h2>
      </div>
      {threats.length === 0 && <p className={panel.note}>No threat waits for anybody.</p>}
      <ul className={classes.list}>
        {threats.map(({ id, title, severity, opened_at }) => (
          <li key={id} className={classes.line}>
            <div>
              <SeverityBadge severity={severity} />{" "}
              <Link href={`/${slug}/alerts?kind=threat&alert=${id}`}>{title}</Link>
            </div>
            <span className={classes.muted}>
              <RelativeTime at={opened_at} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
