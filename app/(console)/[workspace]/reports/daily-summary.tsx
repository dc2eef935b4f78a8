import Link from "next/link";
import panel from "#app/(console)/[workspace]/panel.module.css";
import classes from "#app/(console)/[workspace]/reports/reports.module.css";
import { SummaryButtons } from "#app/(console)/[workspace]/reports/summary-form.tsx";
import { KIND_LABELS } from "#app/(console)/[workspace]/settings/notifications/words.ts";
import { RelativeTime } from "#components/relative-time.tsx";
import type { DailySummary as Summary, SummaryChannel } from "#lib/reports/summary.ts";

const STATES = { pending: "is being sent", delivered: "sent", dead: "could not be sent" };

function Channel({ channel: { name, kind, enabled, state, at, error } }: { channel: SummaryChannel }) {
  return (
    <li data-problem={!enabled || state === "dead" || undefined}>
      <span className={classes.email}>{name}</span>
      <span className={classes.size}>{KIND_LABELS[kind]}</span>
      <span className={classes.size}>
        {!enabled && "switched off; "}
        {state === null || at === null ? (
          "nothing sent yet"
        ) : (
          <>
            {STATES[state]} <RelativeTime at={at} />
            {state !== "delivered" && error !== null && `: ${error}`}
          </>
        )}
      </span>
    </li>
  );
}

function When({ settings }: Pick<Summary, "settings">) {
  if (settings === null) return "Not set up: nothing is sent.";
  if (!settings.enabled) return "Switched off.";
  const { hour, time_zone: zone, due_at: due } = settings;
  return (
    <>
      Each day at {String(hour).padStart(2, "0")}:00, {zone}. Next <RelativeTime at={due} />
    </>
  );
}

type Props = { slug: string; mayManage: boolean; summary: Summary };

/** When the daily summary is sent, to which channels, and what became of the last one. */
export function DailySummary({ slug, mayManage, summary }: Props) {
  const { settings, channels } = summary;
  return (
    <section className={classes.section} aria-labelledby="daily-summary">
      <article className={panel.panel}>
        <div className={panel.head}>
          <div>
            <h2 id="daily-summary" className={panel.title}>
              Daily summary
            </h2>
            <span className={classes.made}>
              <When settings={settings} />
            </span>
          </div>
          {mayManage && <SummaryButtons slug={slug} summary={summary} />}
        </div>
        {channels.length > 0 && (
          <ul className={classes.recipients}>
            {channels.map((channel) => (
              <Channel key={channel.name} channel={channel} />
            ))}
          </ul>
        )}
        <p className={panel.note}>
          {channels.length === 0 ? "No channel wants it yet. " : "More channels: "}
          {channels.length === 0
            ? "Tick “Daily summary” on a Slack or e-mail channel under "
            : "tick “Daily summary” under "}
          <Link href={`/${slug}/settings/notifications`}>Notifications</Link>.
        </p>
      </article>
    </section>
  );
}
