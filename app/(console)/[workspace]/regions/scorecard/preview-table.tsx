"use client";

import { Alert } from "@mantine/core";
import classes from "#app/(console)/[workspace]/regions/regions.module.css";
import { RiskBadge } from "#app/(console)/[workspace]/regions/risk-badge.tsx";
import { metricWords } from "#app/(console)/[workspace]/regions/words.ts";
import { countryName } from "#lib/launch/country-name.ts";
import type { Preview } from "#lib/regions/scorecard.ts";

/** What each country scores now and would by the draft. */
export function PreviewTable({ rows }: { rows: readonly Preview[] }) {
  if (rows.length === 0) return <p className={classes.muted}>There is no snapshot to judge yet.</p>;
  const critical = rows.filter((row) => row.draftLevel === "critical" && row.level !== "critical");
  return (
    <>
      {critical.length > 0 && (
        <Alert
          color="red"
          title={`${critical.map((row) => countryName(row.country)).join(", ")} would be critical`}
        >
          With the automatic pause on, an open country that becomes critical is paused in the next hour.
        </Alert>
      )}
      <div className={classes.scroll}>
        <table className={classes.table} aria-label="Preview">
          <thead>
            <tr>
              <th scope="col">Country</th>
              <th scope="col">Now</th>
              <th scope="col">By the draft</th>
              <th scope="col">Because of</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.country}>
                <td>{countryName(row.country)}</td>
                <td>
                  <RiskBadge level={row.level} score={row.score} />
                </td>
                <td>
                  <RiskBadge level={row.draftLevel} score={row.draftScore} />
                </td>
                <td>
                  {row.draftFactors
                    .filter((factor) => factor.points > 0 || factor.trip)
                    .map(
                      (factor) =>
                        `${metricWords(factor.metric)} ${factor.trip ? "(trip)" : `+${factor.points}`}`,
                    )
                    .join(", ")}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
