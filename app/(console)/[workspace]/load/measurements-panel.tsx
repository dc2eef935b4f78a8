import { Badge } from "@mantine/core";
import type { ReactNode } from "react";
import { limitInForce, shareOf } from "#app/(console)/[workspace]/load/level-words.ts";
import classes from "#app/(console)/[workspace]/load/load.module.css";
import { formatCount } from "#components/number-format.ts";
import { RelativeTime } from "#components/relative-time.tsx";
import type { LimitRow } from "#lib/load/load-page.ts";

// The bar ends at 150 % of the limit, so that all three entries are on it.
const FULL = 150;
const ENTRIES = [80, 100, 130];

function Bar({ row }: { row: LimitRow }) {
  const limit = limitInForce(row);
  const share = shareOf(row);
  const text = limit === null ? "no limit" : `of ${formatCount(limit)}`;
  return (
    <div>
      <div className={classes.numbers}>
        <span>
          <strong>{row.value === null ? "No data" : formatCount(row.value)}</strong> {text}
        </span>
        <span>{share !== null && `${share} %`}</span>
      </div>
      {limit !== null && (
        <>
          <div
            className={classes.track}
            data-level={row.level}
            role="meter"
            aria-label={`${row.name} against its limit, in per cent`}
            aria-valuemin={0}
            aria-valuemax={FULL}
            aria-valuenow={Math.min(share ?? 0, FULL)}
            aria-valuetext={share === null ? "no data" : `${share} %`}
          >
            <span
              className={classes.fill}
              style={{ width: `${Math.min(100, ((share ?? 0) / FULL) * 100)}%` }}
            />
            {ENTRIES.map((entry) => (
              <span key={entry} className={classes.mark} style={{ left: `${(entry / FULL) * 100}%` }} />
            ))}
          </div>
          <div className={classes.marks} aria-hidden>
            {ENTRIES.map((entry) => (
              <span key={entry} style={{ left: `${(entry / FULL) * 100}%` }}>
                {entry}
              </span>
            ))}
          </div>
        </>
      )}
    </div>
  );
}

/** The last hour as a line, without axes: its direction, not its numbers. */
function Spark({ values }: { values: readonly number[] }) {
  if (values.length < 2) return <span className={classes.noSpark} />;
  const most = Math.max(...values, Number.MIN_VALUE);
  const points = values.map(
    (value, index) => `${(index / (values.length - 1)) * 108 + 1},${28 - (value / most) * 26}`,
  );
  return (
    <svg className={classes.spark} viewBox="0 0 110 30" aria-hidden>
      <polyline points={points.join(" ")} fill="none" stroke="currentColor" strokeWidth="1.5" />
    </svg>
  );
}

function sourceText(row: LimitRow): string {
  if (row.source === "events") return `${row.eventType} events in ${row.eventSeconds} s`;
  return row.source === "prometheus" ? "pulled from Prometheus" : "reported";
}

/** Each measurement against its limit. `buttons` makes what can be done with a row. */
export function MeasurementList({
  rows,
  buttons,
}: {
  rows: readonly LimitRow[];
  buttons: (row: LimitRow) => ReactNode;
}) {
  return (
    <ul className={classes.list}>
      {rows.map((row) => (
        <li key={row.name} className={classes.row}>
          <div>
            <span className={classes.name}>{row.name}</span>
            <span className={classes.about}>
              {sourceText(row)}, {row.kind} limit
              {row.measuredAt !== null && (
                <>
                  , <RelativeTime at={row.measuredAt} />
                </>
              )}
            </span>
            <div>
              {!row.enabled && <Badge color="gray">switched off</Badge>}{" "}
              {row.isStale && <Badge color="yellow">stale</Badge>}{" "}
              {row.level > 0 && <Badge color={row.level >= 2 ? "red" : "yellow"}>level {row.level}</Badge>}
            </div>
            {row.pullError !== null && <div className={classes.about}>Last pull: {row.pullError}</div>}
          </div>
          <Bar row={row} />
          <Spark values={row.recent} />
          <div>{buttons(row)}</div>
        </li>
      ))}
    </ul>
  );
}
