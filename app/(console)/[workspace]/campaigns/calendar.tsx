import Link from "next/link";
import classes from "#app/(console)/[workspace]/campaigns/campaigns.module.css";
import panel from "#app/(console)/[workspace]/panel.module.css";
import type { CampaignRow } from "#lib/campaigns/campaign-page.ts";
import { localDays, localTime } from "#lib/campaigns/local-days.ts";

const DAY = 86_400_000;
const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTH = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });

/** The first of the month that `month` ("2026-06") names, or of the one that `now` is in. */
export function monthStart(month: string | undefined, now: number): number {
  const named = month === undefined ? Number.NaN : Date.parse(`${month}-01T00:00:00Z`);
  const at = new Date(Number.isNaN(named) ? now : named);
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1);
}
const dayName = (at: number) => new Date(at).toISOString().slice(0, 10);
const monthName = (at: number) => new Date(at).toISOString().slice(0, 7);

type Props = { slug: string; campaigns: readonly CampaignRow[]; from: number };

type Entry = CampaignRow & { first: string; last: string };

const windowText = ({ starts_at, ends_at, timeZone }: CampaignRow) =>
  [starts_at, ends_at]
    .map((at) => localTime(Date.parse(at), timeZone))
    .map(({ day, clock }) => `${day} ${clock}`)
    .join(" to ");

/** A campaign on one of its days; on its first with the local time at which it starts. */
function DayEntry({ slug, campaign, day }: { slug: string; campaign: Entry; day: string }) {
  return (
    <Link
      href={`/${slug}/campaigns/${campaign.id}`}
      className={classes.entry}
      data-status={campaign.status}
      title={`${campaign.name}: ${windowText(campaign)}, ${campaign.timeZone}`}
    >
      {campaign.country} {campaign.name}
      {day === campaign.first && (
        <span className={classes.from}>
          from {localTime(Date.parse(campaign.starts_at), campaign.timeZone).clock}
        </span>
      )}
    </Link>
  );
}

/** A month of campaigns, weeks from Monday. A campaign stands on each local day of its window, in its country's own time. */
export function Calendar({ slug, campaigns, from }: Props) {
  const next = Date.UTC(new Date(from).getUTCFullYear(), new Date(from).getUTCMonth() + 1, 1);
  const last = Date.UTC(new Date(from).getUTCFullYear(), new Date(from).getUTCMonth() - 1, 1);
  const lead = (new Date(from).getUTCDay() + 6) % 7;
  const count = Math.ceil((lead + (next - from) / DAY) / 7) * 7;
  const days = Array.from({ length: count }, (_, index) => from + (index - lead) * DAY);
  const entries: Entry[] = campaigns
    .filter((one) => !one.template)
    .map((one) => ({ ...one, ...localDays(one) }));
  const on = (day: string) => entries.filter(({ first, last }) => first <= day && day <= last);
  const [start, end] = [dayName(from), dayName(next - DAY)];
  const shown = entries.filter(({ first, last }) => first <= end && last >= start);
  const zones = new Set(shown.map(({ timeZone }) => timeZone));
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
          const name = dayName(day);
          const here = on(name);
          return (
            <li
              key={day}
              className={classes.day}
              data-outside={day < from || day >= next || undefined}
              data-empty={here.length === 0 || undefined}
            >
              <time dateTime={name}>
                <span className={classes.weekday}>{WEEKDAYS[(new Date(day).getUTCDay() + 6) % 7]}</span>{" "}
                {new Date(day).getUTCDate()}
              </time>
              {here.map((one) => (
                <DayEntry key={one.id} slug={slug} campaign={one} day={name} />
              ))}
            </li>
          );
        })}
      </ol>
      <p className={panel.note}>
        {shown.length === 0
          ? "No campaign runs in this month."
          : zones.size < 2
            ? `Days and times are those of ${[...zones].join("")}.`
            : "Days and times are each campaign's own: those of its country."}
      </p>
    </section>
  );
}
