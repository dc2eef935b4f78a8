import classes from "#app/(console)/[workspace]/experiments/experiments.module.css";
import { dayWords, LEFT_OUT_WORDS } from "#app/(console)/[workspace]/experiments/words.ts";
import { formatCount } from "#components/number-format.ts";
import type { CalendarDay } from "#lib/experiments/calendar.ts";
import type { LeftOut } from "#lib/experiments/vocabulary.ts";

type Props = {
  days: readonly (CalendarDay & { left_out?: LeftOut | null })[];
  caps: Record<"A" | "B", number>;
};

/** The calendar of an experiment: each local day with its cap, pairs together. */
export function CalendarStrip({ days, caps }: Props) {
  return (
    <ol className={classes.days}>
      {days.map(({ day, arm, left_out }) => (
        <li
          key={day}
          className={classes.day}
          data-arm={arm}
          {...(left_out != null && { "data-out": "true", title: LEFT_OUT_WORDS[left_out] })}
        >
          <span>{dayWords(day)}</span>
          <strong>
            {arm} <span className={classes.units}>{formatCount(caps[arm])}</span>
          </strong>
          {left_out != null && <span className={classes.hidden}>{LEFT_OUT_WORDS[left_out]}</span>}
        </li>
      ))}
    </ol>
  );
}
