import panel from "#app/(console)/[workspace]/panel.module.css";
import { formatCount } from "#components/number-format.ts";
import { Stat, StatGroup } from "#components/stat.tsx";
import { TimeChart } from "#components/time-chart.tsx";
import type { readIntakeSlots, TypeIntake } from "#lib/signals/intake.ts";

const DAY_MS = 86_400_000;
const QUARTER_MS = 900_000;
type Slots = Awaited<ReturnType<typeof readIntakeSlots>>;

/** Every quarter of an hour of the day before `now`: those in which nothing came hold nothing. */
function everyQuarter(slots: Slots, now: number): Slots {
  const found = new Map(slots.map((slot) => [slot.at, slot]));
  const last = Math.floor(now / QUARTER_MS) * QUARTER_MS;
  return Array.from({ length: DAY_MS / QUARTER_MS }, (_, index) => {
    const at = last - DAY_MS + (index + 1) * QUARTER_MS;
    return found.get(at) ?? { at, accepted: 0, refused: 0, unknown: 0 };
  });
}

const total = (types: readonly TypeIntake[], of: "hour" | "accepted" | "late" | "refused" | "unknown") =>
  types.reduce((sum, type) => sum + type[of], 0);

/** All types together, as numbers. */
export function IntakeStats({ types }: { types: readonly TypeIntake[] }) {
  const [refused, unknown] = [total(types, "refused"), total(types, "unknown")];
  return (
    <StatGroup label="Events of the last 24 hours">
      <Stat
        label="Accepted"
        value={formatCount(total(types, "accepted"))}
        hint={`${formatCount(total(types, "hour"))} in the last hour`}
      />
      <Stat label="Late" value={formatCount(total(types, "late"))} hint="Over an hour after they happened" />
      <Stat
        label="Refused"
        value={formatCount(refused)}
        hint="Each answer names why"
        tone={refused > 0 ? "warning" : "plain"}
      />
      <Stat
        label="Unknown type"
        value={formatCount(unknown)}
        hint="Counted, not kept"
        tone={unknown > 0 ? "warning" : "plain"}
      />
    </StatGroup>
  );
}

/** What came in over 24 hours, by the quarter of an hour. */
export function IntakeChart({ slots, now }: { slots: Slots; now: number }) {
  return (
    <section className={panel.panel} aria-labelledby="intake">
      <div className={panel.head}>
        <h2 id="intake" className={panel.title}>
          Events over 24 hours
        </h2>
      </div>
      {slots.length === 0 ? (
        <p className={panel.note}>None came in this time.</p>
      ) : (
        <TimeChart
          label="Events each quarter of an hour, UTC"
          points={everyQuarter(slots, now)}
          series={[
            { key: "accepted", label: "Accepted", kind: "step" },
            { key: "refused", label: "Refused", kind: "step", color: "red" },
            { key: "unknown", label: "Unknown type", kind: "step", color: "orange" },
          ]}
          timeZone="UTC"
          from={now - DAY_MS}
          to={now}
          height={200}
        />
      )}
    </section>
  );
}
