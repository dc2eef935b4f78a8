import classes from "#app/(console)/[workspace]/forecast/forecast.module.css";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { coverageSentence, coverageVerdict } from "#lib/forecast/reading.ts";
import type { Coverage } from "#lib/forecast/schema.ts";

const ADVICE = {
  right: null,
  unknown: null,
  low: "P90 has been too low: plan for more than it says.",
  high: "P90 has been higher than it need be.",
} as const;

/** How often this country's forecasts held, and what to make of it. */
export function CoverageNote({ coverage }: { coverage: readonly Coverage[] }) {
  const advice = ADVICE[coverageVerdict(coverage)];
  return (
    <p className={panel.note}>
      {coverageSentence(coverage)}
      {advice !== null && <strong className={classes.advice}> {advice}</strong>}
    </p>
  );
}
