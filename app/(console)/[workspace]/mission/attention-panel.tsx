import { IconAlertTriangle, IconCircleCheck, IconEye } from "@tabler/icons-react";
import Link from "next/link";
import classes from "#app/(console)/[workspace]/mission/mission.module.css";
import { navHref } from "#app/(console)/[workspace]/nav-entries.ts";
import { type Attention, headline } from "#lib/overview/attention.ts";

function Lines({ slug, found }: { slug: string; found: readonly Attention[] }) {
  return (
    <ul className={classes.things}>
      {found.map(({ text, path }) => (
        <li key={text}>
          <Link href={navHref(slug, path)}>{text.charAt(0).toUpperCase() + text.slice(1)}</Link>
        </li>
      ))}
    </ul>
  );
}

/** Whether somebody has to act, and on what; below it what is worth watching. */
export function AttentionPanel({ slug, found }: { slug: string; found: readonly Attention[] }) {
  const acts = found.filter(({ weight }) => weight === "act");
  const watched = found.filter(({ weight }) => weight === "watch");
  const Icon = acts.length > 0 ? IconAlertTriangle : IconCircleCheck;
  return (
    <section
      className={classes.attention}
      data-weight={acts.length > 0 ? "act" : "fine"}
      aria-labelledby="act"
    >
      <Icon size={26} stroke={1.8} aria-hidden className={classes.sign} />
      <div className={classes.said}>
        <h2 id="act" className={classes.headline}>
          {headline(found)}
        </h2>
        {found.length === 0 && (
          <p className={classes.calm}>
            No country is near its cap, nothing is throttled, no critical alert is open.
          </p>
        )}
        {acts.length > 0 && <Lines slug={slug} found={acts} />}
        {watched.length > 0 && (
          <div className={classes.watched}>
            <span className={classes.watchWord}>
              <IconEye size={16} stroke={1.8} aria-hidden />
              Watch
            </span>
            <Lines slug={slug} found={watched} />
          </div>
        )}
      </div>
    </section>
  );
}
