import type { ReactNode } from "react";
import { RelativeTime } from "#components/relative-time.tsx";
import classes from "#components/timeline.module.css";

export type TimelineEntry = {
  id: string;
  /** RFC 3339. */
  at: string;
  /** What happened: "Moved to", with a phase badge. */
  title: ReactNode;
  /** Who did it: a name, a key's prefix, "engine". */
  actor?: string;
  reason?: string | null;
  tone?: "plain" | "accent" | "violet" | "blue" | "green" | "red";
};

/** What happened, newest first as given. */
export function Timeline({ label, entries }: { label: string; entries: readonly TimelineEntry[] }) {
  return (
    <ol className={classes.list} aria-label={label}>
      {entries.map((entry) => (
        <li key={entry.id} className={classes.entry} data-tone={entry.tone ?? "plain"}>
          <span className={classes.dot} aria-hidden />
          <div className={classes.title}>{entry.title}</div>
          <div className={classes.meta}>
            <RelativeTime at={entry.at} />
            {entry.actor !== undefined && <span> · {entry.actor}</span>}
          </div>
          {entry.reason != null && entry.reason !== "" && (
            <blockquote className={classes.reason}>{entry.reason}</blockquote>
          )}
        </li>
      ))}
    </ol>
  );
}
