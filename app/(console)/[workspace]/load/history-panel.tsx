import Link from "next/link";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { TimeChart } from "#components/time-chart.tsx";
import type { readFirings, readLevelHistory } from "#lib/load/load-page.ts";

type Props = {
  history: Awaited<ReturnType<typeof readLevelHistory>>;
  range: "24h" | "7d";
  now: number;
};

/** Levels over a day or a week: measured, and in force where a person has forced one. */
export function HistoryPanel({ history, range, now }: Props) {
  const hours = range === "24h" ? 24 : 168;
  return (
    <section className={panel.panel} aria-labelledby="history">
      <div className={panel.head}>
        <h2 id="history" className={panel.title}>
          Levels over {range === "24h" ? "24 hours" : "7 days"}
        </h2>
        <Link href={range === "24h" ? "?range=7d" : "?range=24h"} replace scroll={false}>
          Show {range === "24h" ? "7 days" : "24 hours"}
        </Link>
      </div>
      {history.length === 0 ? (
        <p className={panel.note}>No minute has been evaluated in this time.</p>
      ) : (
        <TimeChart
          label="Throttle levels, UTC"
          points={history}
          series={[
            { key: "in_force", label: "In force", kind: "step" },
            { key: "measured", label: "Measured", kind: "step", color: "orange" },
          ]}
          timeZone="UTC"
          from={now - hours * 3_600_000}
          to={now}
          height={200}
        />
      )}
    </section>
  );
}

/** What each kind of limit would have done over the last 7 days. */
export function ShadowPanel({ firings }: { firings: Awaited<ReturnType<typeof readFirings>> }) {
  return (
    <section className={panel.panel} aria-labelledby="shadow">
      <h2 id="shadow" className={panel.title}>
        Static and adaptive, last 7 days
      </h2>
      {firings.length === 0 && <p className={panel.note}>Nothing has been evaluated yet.</p>}
      {firings.map((row) => (
        <p key={row.name} className={panel.note}>
          <strong>{row.name}</strong>: static would have fired{" "}
          {row.static === 1 ? "once" : `${row.static} times`},{" "}
          {row.learned === 0 ? "adaptive has not learned enough yet" : `adaptive ${row.adaptive}`}.
        </p>
      ))}
    </section>
  );
}
