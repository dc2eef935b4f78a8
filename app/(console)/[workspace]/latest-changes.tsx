import Link from "next/link";
import { changeTone, changeWords } from "#app/(console)/[workspace]/countries/change-words.ts";
import classes from "#app/(console)/[workspace]/overview.module.css";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { Timeline } from "#components/timeline.tsx";
import type { CountryChange } from "#lib/launch/country-changes.ts";
import { countryName } from "#lib/launch/country-name.ts";

/** The newest changes of all countries. */
export function LatestChanges({ slug, changes }: { slug: string; changes: readonly CountryChange[] }) {
  return (
    <section className={panel.panel} aria-labelledby="changes">
      <div className={panel.head}>
        <h2 id="changes" className={panel.title}>
          Last changes
        </h2>
      </div>
      <Timeline
        label="Last changes"
        entries={changes.map((change) => ({
          id: `${change.code} ${change.version}`,
          at: change.at,
          title: (
            <span>
              <Link href={`/${slug}/countries/${change.code}`} className={classes.link}>
                {countryName(change.code)}
              </Link>
              : {changeWords(change)}
              {change.altered.length > 0 && (
                <span className={panel.altered} style={{ display: "block" }}>
                  {change.altered.join(", ")}
                </span>
              )}
            </span>
          ),
          actor: change.by,
          reason: change.reason,
          tone: changeTone(change),
        }))}
      />
    </section>
  );
}
