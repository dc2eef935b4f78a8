import panel from "#app/(console)/[workspace]/panel.module.css";
import classes from "#app/(console)/[workspace]/reports/reports.module.css";
import { AddSchedule, ScheduleButtons } from "#app/(console)/[workspace]/reports/schedule-buttons.tsx";
import { RelativeTime } from "#components/relative-time.tsx";
import type { Recipient, Schedule } from "#lib/reports/schedule-schema.ts";

const KINDS: Record<Recipient["kind"], string> = {
  member: "member",
  outside: "confirmed address",
  unconfirmed: "asked, not confirmed yet: gets nothing",
  left: "has left: gets nothing",
  other_member: "a member who may not read reports: gets nothing",
};
const STATES = {
  sent: "sent",
  failed: "could not be sent",
  retrying: "tried, comes again",
  waiting: "is being sent",
};

function whenText({ day_of_month: day, hour, time_zone: zone }: Schedule): string {
  return `On day ${day} of each month at ${String(hour).padStart(2, "0")}:00, ${zone}`;
}

function RecipientRow({
  recipient: { email, kind, left_at: leftAt, state, sent_at: at, error, test },
}: {
  recipient: Recipient;
}) {
  return (
    <li
      data-problem={
        kind === "unconfirmed" ||
        kind === "left" ||
        kind === "other_member" ||
        state === "failed" ||
        undefined
      }
    >
      <span className={classes.email}>{email}</span>
      <span className={classes.size}>
        {KINDS[kind]}
        {leftAt !== null && (
          <>
            , since <RelativeTime at={leftAt} />
          </>
        )}
      </span>
      <span className={classes.size}>
        {state === null || at === null ? (
          "nothing sent yet"
        ) : (
          <>
            {test && "test "}
            {STATES[state]} <RelativeTime at={at} />
            {state !== "sent" && error !== null && `: ${error}`}
          </>
        )}
      </span>
    </li>
  );
}

type PanelProps = { slug: string; me: string; mayManage: boolean; schedule: Schedule };

function SchedulePanel({ slug, me, mayManage, schedule }: PanelProps) {
  const { id, name, enabled, due_at: due, recipients } = schedule;
  return (
    <article className={panel.panel} aria-labelledby={id} data-off={!enabled || undefined}>
      <div className={panel.head}>
        <div>
          <h3 id={id} className={panel.title}>
            {name}
          </h3>
          <span className={classes.made}>
            {whenText(schedule)}.{" "}
            {enabled ? (
              <>
                Next <RelativeTime at={due} />
              </>
            ) : (
              "Switched off"
            )}
          </span>
        </div>
        {mayManage && <ScheduleButtons slug={slug} me={me} schedule={schedule} />}
      </div>
      <ul className={classes.recipients}>
        {recipients.map((recipient) => (
          <RecipientRow key={recipient.email} recipient={recipient} />
        ))}
      </ul>
    </article>
  );
}

type Props = Omit<PanelProps, "schedule"> & { schedules: Schedule[] };

/** When the report is sent, to whom, and what became of the last mail to each. */
export function Schedules({ schedules, ...shared }: Props) {
  return (
    <section className={classes.section} aria-labelledby="schedules">
      <div className={classes.sectionHead}>
        <div>
          <h2 id="schedules" className={classes.heading}>
            Sent by e-mail
          </h2>
          <p className={classes.lead}>
            A mail carries a link and no figures. Who may still open it is looked up each time.
          </p>
        </div>
        {shared.mayManage && <AddSchedule slug={shared.slug} me={shared.me} />}
      </div>
      {schedules.length === 0 ? (
        <p className={classes.none}>
          Nothing is scheduled. Choose a day of the month and who gets the report.
        </p>
      ) : (
        <div className={panel.stack}>
          {schedules.map((schedule) => (
            <SchedulePanel key={schedule.id} {...shared} schedule={schedule} />
          ))}
        </div>
      )}
    </section>
  );
}
