import Link from "next/link";
import classes from "#app/(console)/[workspace]/campaigns/campaigns.module.css";
import type { CampaignRow } from "#lib/campaigns/campaign-page.ts";

const DAY = 86_400_000;
const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTH = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });

/** The first of the month that `month` ("2026-06") names, or of the one that `now` is in. */
export function monthStart(month: string | undefined, now: number): number {
  const named = month === undefined ? Number.NaN : Date.parse(`${month}-01T00:00:00Z`);
  const at = new Date(Number.isNaN(named) ? now : named);
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1);
}
const monthName = (at: number) => new Date(at).toISOString().slice(0, 7);

type Props = { slug: string; campaigns: readonly CampaignRow[]; from: number };

/** A month of campaigns by UTC day, weeks from Monday. A campaign stands on each day of its window. */
export function Calendar({ slug, campaigns, from }: Props) {
  const next = Date.UTC(new Date(from).getUTCFullYear(), new Date(from).getUTCMonth() + 1, 1);
  const last = Date.UTC(new Date(from).getUTCFullYear(), new Date(from).getUTCMonth() - 1, 1);
  const lead = (new Date(from).getUTCDay() + 6) % 7;
  const count = Math.ceil((lead + (next - from) / DAY) / 7) * 7;
  const days = Array.from({ length: count }, (_, index) => from + (index - lead) * DAY);
  const on = (day: number) =>
    campaigns.filter(
      (one) => !one.template && Date.parse(one.starts_at) < day + DAY && Date.parse(one.ends_at) > day,
    );
  return (
    <section aria-label={`Campaigns in ${MONTH.format(from)}`}>
      <div className={classes.months}>
        <Link href={`/${slug}/campaigns?view=calendar&month=${monthName(last)}`}>Earlier</Link>
        <h2 className={classes.month}>{MONTH.format(from)}</h2>
        <Link href={`/${slug}/campaigns?view=calendar&month=${monthName(next)}`}>Later</Link>
      </div>
      <div className={classes.weekdays} aria-hidden>
        {WEEKDAYS.map((name) => (
          <span key={name}>{name}</span>
        ))}
      </div>
      <ol className={classes.days}>
        {days.map((day) => {
          const shown = on(day);
          return (
            <li
              key={day}
              className={classes.day}
              data-outside={day < from || day >= next || undefined}
              data-empty={shown.length === 0 || undefined}
            >
              <time dateTime={new Date(day).toISOString().slice(0, 10)}>{new Date(day).getUTCDate()}</time>
              {shown.map((one) => (
                <Link
                  key={one.id}
                  href={`/${slug}/campaigns/${one.id}`}
                  className={classes.entry}
                  data-status={one.status}
                >
                  {one.country} {one.name}
                </Link>
              ))}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
