import { OPERATION_WORDS } from "#app/(console)/[workspace]/countries/operation-words.ts";
import { stop } from "#app/(console)/[workspace]/experiments/actions.ts";
import { CalendarStrip } from "#app/(console)/[workspace]/experiments/calendar-strip.tsx";
import { experimentTitle, statusWords } from "#app/(console)/[workspace]/experiments/words.ts";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { ConfirmForm } from "#components/confirm-form.tsx";
import { Fact, Facts } from "#components/facts.tsx";
import { formatCount } from "#components/number-format.ts";
import type { Experiment, ExperimentDay } from "#lib/experiments/experiments.ts";
import { metricName } from "#lib/experiments/reading.ts";

type Props = { slug: string; experiment: Experiment; days: readonly ExperimentDay[]; mayManage: boolean };

/** One experiment: what is tried, where it stands, and its calendar. */
export function ExperimentPanel({ slug, experiment, days, mayManage }: Props) {
  return (
    <section className={panel.panel} aria-labelledby="experiment">
      <div className={panel.head}>
        <h2 id="experiment" className={panel.title}>
          {experimentTitle(experiment)}
        </h2>
        {mayManage && experiment.status !== "ended" && (
          <ConfirmForm
            trigger={{ label: "End it", variant: "default", size: "xs" }}
            title="End this experiment"
            explanation="Days that are over stay in the result. The cap in force stays: change it under Countries."
            action={stop.bind(null, slug)}
            hidden={{ id: experiment.id }}
            submitLabel="End the experiment"
            doneMessage="The experiment has ended"
          />
        )}
      </div>
      <div className={panel.stack}>
        <Facts>
          <Fact name="State">{statusWords(experiment)}</Fact>
          <Fact name="Cap A">{formatCount(experiment.cap_a)} a day</Fact>
          <Fact name="Cap B">{formatCount(experiment.cap_b)} a day</Fact>
          <Fact name="Judged by">{metricName(experiment.metric, OPERATION_WORDS[experiment.operation])}</Fact>
          <Fact name="Seed">{experiment.seed}</Fact>
        </Facts>
        <CalendarStrip days={days} caps={{ A: experiment.cap_a, B: experiment.cap_b }} />
      </div>
    </section>
  );
}
