import panel from "#app/(console)/[workspace]/panel.module.css";
import { snooze, wake } from "#app/(console)/[workspace]/threats/actions.ts";
import { SnoozeForm } from "#app/(console)/[workspace]/threats/snooze-form.tsx";
import { TellButton } from "#app/(console)/[workspace]/threats/tell-button.tsx";
import classes from "#app/(console)/[workspace]/threats/threats.module.css";
import { ruleWords } from "#app/(console)/[workspace]/threats/words.ts";
import { RelativeTime } from "#components/relative-time.tsx";
import type { Snooze } from "#lib/threats/snoozes.ts";

type Props = { slug: string; snoozes: readonly Snooze[]; mayManage: boolean };

/** What the rules leave alone for now. */
export function SnoozesPanel({ slug, snoozes, mayManage }: Props) {
  return (
    <section className={panel.panel} aria-labelledby="snoozes">
      <div className={panel.head}>
        <h2 id="snoozes" className={panel.title}>
          Snoozes
        </h2>
        {mayManage && <SnoozeForm slug={slug} />}
      </div>
      {snoozes.length === 0 && <p className={panel.note}>Nothing is left alone.</p>}
      <ul className={classes.list}>
        {snoozes.map(({ id, rule, entity, reason, until }) => (
          <li key={id} className={classes.line}>
            <div>
              <p className={classes.name}>{entity}</p>
              <div className={classes.muted}>
                {ruleWords(rule)}, ends <RelativeTime at={until} />: {reason}
              </div>
            </div>
            {mayManage && (
              <TellButton
                action={wake.bind(null, slug)}
                fields={{ id }}
                label="End"
                about={`the snooze of ${entity}`}
                doneMessage="The snooze has ended"
                undo={{
                  action: snooze.bind(null, slug),
                  fields: { rule, entity, until, reason },
                  doneMessage: `${entity} is left alone again`,
                }}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
