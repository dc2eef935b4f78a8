import { changeTone, changeWords } from "#app/(console)/[workspace]/countries/change-words.ts";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { Timeline } from "#components/timeline.tsx";
import type { CountryChange } from "#lib/launch/country-changes.ts";

/** A country's history: who did what, when, why, and what it altered. */
export function ChangeTimeline({ changes }: { changes: readonly CountryChange[] }) {
  return (
    <section className={panel.panel} aria-labelledby="history">
      <div className={panel.head}>
        <h2 id="history" className={panel.title}>
          History
        </h2>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
      <div className={panel.scroll} tabIndex={0} role="region" aria-label="Changes of this country">
        <Timeline
          label="History"
          entries={changes.map((change) => ({
            id: String(change.version),
            at: change.at,
            title: (
              <span>
                {changeWords(change)}
                {change.altered.map((line) => (
                  <span key={line} className={panel.altered} style={{ display: "block" }}>
                    {line}
                  </span>
                ))}
              </span>
            ),
            actor: `${change.by} · v${change.version}`,
            reason: change.reason,
            tone: changeTone(change),
          }))}
        />
      </div>
    </section>
  );
}
