import { OPERATION_WORDS } from "#app/(console)/[workspace]/countries/operation-words.ts";
import { DayChart } from "#app/(console)/[workspace]/experiments/day-chart.tsx";
import { dayWords, LEFT_OUT_WORDS } from "#app/(console)/[workspace]/experiments/words.ts";
import panel from "#app/(console)/[workspace]/panel.module.css";
import results from "#app/(console)/[workspace]/results.module.css";
import { formatCount } from "#components/number-format.ts";
import { analyse, type Comparison, RESAMPLES } from "#lib/experiments/analysis.ts";
import type { Experiment, ExperimentDay } from "#lib/experiments/experiments.ts";
import { differenceText, metricName, metricText, readingOf } from "#lib/experiments/reading.ts";

type Props = { experiment: Experiment; days: readonly ExperimentDay[]; currency: string };

function Comparisons({
  all,
  noun,
  currency,
}: {
  all: readonly Comparison[];
  noun: string;
  currency: string;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div className={results.scroll} tabIndex={0} role="region" aria-label="Comparison of the two caps">
      <table className={results.table}>
        <thead>
          <tr>
            <th scope="col">Metric</th>
            <th scope="col">Cap A</th>
            <th scope="col">Cap B</th>
            <th scope="col">B less A (95 % interval)</th>
          </tr>
        </thead>
        <tbody>
          {all.map((one) => (
            <tr key={one.metric}>
              <th scope="row">{metricName(one.metric, noun)}</th>
              <td>{metricText(one.metric, one.a, currency)}</td>
              <td>{metricText(one.metric, one.b, currency)}</td>
              <td>{differenceText(one, currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function DayTable({ days }: { days: readonly ExperimentDay[] }) {
  return (
    <details>
      <summary>Show each day</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <div className={results.scroll} tabIndex={0} role="region" aria-label="Days of the experiment">
        <table className={results.table}>
          <thead>
            <tr>
              <th scope="col">Local day</th>
              <th scope="col">Cap</th>
              <th scope="col">Let in</th>
              <th scope="col">Refused</th>
              <th scope="col">In the result</th>
            </tr>
          </thead>
          <tbody>
            {days.map(({ day, arm, result, left_out }) => (
              <tr key={day}>
                <th scope="row">{dayWords(day)}</th>
                <td>{arm}</td>
                <td>{result === null ? "–" : formatCount(result.granted)}</td>
                <td>{result === null ? "–" : formatCount(result.refused)}</td>
                <td>
                  {left_out !== null ? LEFT_OUT_WORDS[left_out] : result === null ? "Not over yet" : "Yes"}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** What an experiment found so far: in words, as a chart, and as numbers. */
export function ResultPanel({ experiment, days, currency }: Props) {
  const noun = OPERATION_WORDS[experiment.operation];
  const caps = { A: experiment.cap_a, B: experiment.cap_b };
  const counted = days.flatMap(({ result, left_out }) =>
    result === null || left_out !== null ? [] : [result],
  );
  const analysis = analyse(counted, experiment.seed);
  const reading = readingOf(analysis, {
    metric: experiment.metric,
    caps: { a: experiment.cap_a, b: experiment.cap_b },
    currency,
    noun,
  });
  const bars = days.flatMap(({ day, arm, result, left_out }) =>
    result === null ? [] : [{ day: dayWords(day), arm, granted: result.granted, counts: left_out === null }],
  );
  return (
    <section className={panel.panel} aria-labelledby="result">
      <div className={panel.head}>
        <h2 id="result" className={panel.title}>
          Result{experiment.status === "ended" ? "" : " so far"}
        </h2>
      </div>
      <div className={panel.stack}>
        <ul className={results.reading}>
          {reading.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
        {bars.length > 0 && (
          <>
            <DayChart label={`${noun} let in each day, by cap`} bars={bars} caps={caps} />
            <Comparisons all={analysis.comparisons} noun={noun} currency={currency} />
            <DayTable days={days} />
          </>
        )}
      </div>
      <p className={panel.note}>
        From {analysis.pairs === 1 ? "1 pair" : `${analysis.pairs} pairs`} of days, resampled{" "}
        {formatCount(RESAMPLES)} times with the seed above, so the numbers can be computed again. People who
        are refused on one day may come back on the next: that makes a difference look smaller than it is.
      </p>
    </section>
  );
}
