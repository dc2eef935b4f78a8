import classes from "#components/logo.module.css";

/** The mark and, unless `mark` is asked for alone, the name. */
export function Logo({ show = "full" }: { show?: "full" | "mark" }) {
  return (
    <span className={classes.logo}>
      <svg viewBox="0 0 32 32" className={classes.mark} aria-hidden="true" focusable="false">
        <rect width="32" height="32" rx="7" className={classes.tile} />
        <path d="M7 25V8.5h18V25" className={classes.frame} />
        <path d="M7 13h18" className={classes.beam} />
        <path d="M16 13v6" className={classes.frame} />
        <rect x="12.5" y="19" width="7" height="6" rx="1.5" className={classes.load} />
      </svg>
      <span className={show === "full" ? classes.name : classes.hidden}>Gantry</span>
    </span>
  );
}
