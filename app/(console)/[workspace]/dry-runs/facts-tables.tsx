import classes from "#app/(console)/[workspace]/dry-runs/dry-runs.module.css";
import results from "#app/(console)/[workspace]/results.module.css";
import { formatCount } from "#components/number-format.ts";
import type { DryRun } from "#lib/dryrun/answers.ts";
import { alertsOf } from "#lib/dryrun/reading.ts";

type Line = { about: string; was: number; would: number };

const LEVELS = ["Near limit (1)", "Throttled (2)", "Severe (3)"];

/** Numbers as they were beside what they would have been; nothing where all are 0. */
function Comparison({ title, of, lines }: { title: string; of: string; lines: readonly Line[] }) {
  const told = lines.filter(({ was, would }) => was + would > 0);
  if (told.length === 0) return null;
  return (
    <>
      <h3 className={classes.part}>{title}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reachable by keyboard. */}
      <section className={results.scroll} tabIndex={0} aria-label={title}>
        <table className={results.table}>
          <thead>
            <tr>
              <th scope="col">{of}</th>
              <th scope="col">As it was</th>
              <th scope="col">As proposed</th>
            </tr>
          </thead>
          <tbody>
            {told.map(({ about, was, would }) => (
              <tr key={about}>
                <th scope="row">{about}</th>
                <td>{formatCount(was)}</td>
                <td>{formatCount(would)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

/** What a run found besides admissions: alerts, throttling, levels of risk, findings. */
export function FactsTables({ run, nameOf }: { run: DryRun; nameOf: (code: string) => string }) {
  const { load, risk, threats = [] } = run.facts;
  return (
    <>
      <Comparison title="Alerts" of="About" lines={alertsOf(run)} />
      <Comparison
        title="Throttling, in minutes"
        of="Level"
        lines={LEVELS.map((about, index) => ({
          about,
          was: load?.was[index] ?? 0,
          would: load?.would[index] ?? 0,
        }))}
      />
      <Comparison
        title="Risk, in hourly evaluations"
        of="Country and level"
        lines={(risk?.levels ?? []).map(({ country, level, was, would }) => ({
          about: `${nameOf(country)}: ${level.replaceAll("_", " ")}`,
          was,
          would,
        }))}
      />
      <Comparison
        title="Findings of the threat shield"
        of="Rule"
        lines={threats.map(({ rule, was, would }) => ({ about: rule.replaceAll("_", " "), was, would }))}
      />
    </>
  );
}
