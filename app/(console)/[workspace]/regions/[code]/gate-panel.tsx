import { Badge } from "@mantine/core";
import { IconCheck, IconQuestionMark, IconX } from "@tabler/icons-react";
import panel from "#app/(console)/[workspace]/panel.module.css";
import classes from "#app/(console)/[workspace]/regions/regions.module.css";
import { metricText, metricWords, OUTCOME_WORDS } from "#app/(console)/[workspace]/regions/words.ts";
import { RelativeTime } from "#components/relative-time.tsx";
import type { GateResult } from "#lib/regions/region-pages.ts";
import type { GateOutcome } from "#lib/regions/vocabulary.ts";

const COLORS: Record<GateOutcome, string> = { pass: "green", fail: "red", inconclusive: "gray" };
const ICONS: Record<GateOutcome, typeof IconCheck> = {
  pass: IconCheck,
  fail: IconX,
  inconclusive: IconQuestionMark,
};

function Outcome({ outcome }: { outcome: GateOutcome }) {
  const Icon = ICONS[outcome];
  return (
    <Badge tt="none" color={COLORS[outcome]} leftSection={<Icon size={12} aria-hidden />}>
      {OUTCOME_WORDS[outcome]}
    </Badge>
  );
}

/** What the gate from soft to public asks for, as a checklist. The market sequence moves countries by it. */
export function GatePanel({ gate, currency }: { gate: GateResult | null; currency: string }) {
  return (
    <section className={panel.panel} aria-labelledby="gate">
      <div className={panel.head}>
        <h2 id="gate" className={panel.title}>
          From soft to public
        </h2>
        {gate !== null && <Outcome outcome={gate.outcome} />}
      </div>
      {gate === null ? (
        <p className={panel.note}>The gate is judged each hour while a country is soft.</p>
      ) : (
        <>
          <ul className={classes.list}>
            {gate.criteria.map((one) => (
              <li key={one.criterion} className={classes.line}>
                <span>
                  <strong>{metricWords(one.criterion)}</strong>:{" "}
                  {metricText(one.criterion, one.worst, currency)},{" "}
                  {one.criterion === "safety_incidents" ? "at most" : "at least"}{" "}
                  {metricText(one.criterion, one.threshold, currency)}
                </span>
                <Outcome outcome={one.outcome} />
              </li>
            ))}
          </ul>
          <p className={panel.note}>
            The worst of {gate.snapshots} hourly snapshots, judged <RelativeTime at={gate.at} />.
          </p>
        </>
      )}
    </section>
  );
}
