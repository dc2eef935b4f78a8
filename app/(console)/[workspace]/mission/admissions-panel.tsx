import classes from "#app/(console)/[workspace]/mission/mission.module.css";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { formatCount } from "#components/number-format.ts";
import { TimeChart } from "#components/time-chart.tsx";
import type { Admissions } from "#lib/overview/admissions.ts";

const round = (value: number) => (value < 10 ? Math.round(value * 10) / 10 : Math.round(value));

/** Users let in a minute over the last hour, and those refused. */
export function AdmissionsPanel({ admissions }: { admissions: readonly Admissions[] }) {
  const last = admissions.at(-1);
  const points = admissions.map(({ at, granted, refused }) => ({
    at,
    granted: round(granted),
    refused: round(refused),
  }));
  const isQuiet = admissions.every(({ granted, refused }) => granted === 0 && refused === 0);
  return (
    <section className={panel.panel} aria-labelledby="admissions">
      <div className={panel.head}>
        <h2 id="admissions" className={panel.title}>
          Admissions a minute
        </h2>
        <span className={classes.now}>
          <strong>{formatCount(round(last?.granted ?? 0))}</strong> now
        </span>
      </div>
      {isQuiet ? (
        <p className={classes.empty}>Nobody asked to be let in during the last hour.</p>
      ) : (
        <TimeChart
          label="Users let in and refused a minute, last hour"
          points={points}
          series={[
            { key: "granted", label: "Let in", kind: "step" },
            { key: "refused", label: "Refused", kind: "step", color: "orange" },
          ]}
          timeZone="UTC"
          height={210}
        />
      )}
      <p className={panel.note}>Users over all listed countries, means of five minutes, UTC.</p>
    </section>
  );
}
