import classes from "#app/(console)/[workspace]/load/load.module.css";
import { EndOverride, ForceLevel } from "#app/(console)/[workspace]/load/override-form.tsx";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { throttleWord } from "#app/(console)/[workspace]/throttle-words.ts";
import { RelativeTime } from "#components/relative-time.tsx";
import type { readLevel } from "#lib/load/load-page.ts";

type Props = {
  slug: string;
  level: Awaited<ReturnType<typeof readLevel>>;
  why: string;
  mayOverride: boolean;
};

/** The level in force, why, since when or until when, and the override. */
export function LevelPanel({ slug, level, why, mayOverride }: Props) {
  return (
    <section className={panel.panel} aria-labelledby="level">
      <div className={classes.level}>
        <div>
          <h2 id="level" className={classes.number}>
            Level {level.level} <span className={classes.word}>{throttleWord(level.level)}</span>
          </h2>
          <p className={classes.why}>{why}</p>
          <p className={panel.note}>
            {level.forced !== null ? (
              <>
                It ends <RelativeTime at={level.forced.until} />.
              </>
            ) : (
              level.since !== null && (
                <>
                  Since <RelativeTime at={level.since} />.
                </>
              )
            )}
          </p>
        </div>
        {mayOverride && (level.forced === null ? <ForceLevel slug={slug} /> : <EndOverride slug={slug} />)}
      </div>
    </section>
  );
}
