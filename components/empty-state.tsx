import type { ReactNode } from "react";
import classes from "#components/empty-state.module.css";

type EmptyStateProps = {
  /** A Tabler icon element; decorative. */
  icon?: ReactNode;
  title: string;
  /** `h1` where it is the whole page. Default: plain text. */
  heading?: "h1" | "h2" | "p";
  /** What will be here, or what to do about it. */
  children?: ReactNode;
  /** One button or link. */
  action?: ReactNode;
};

/** Says that there is nothing here and what a person can do about it. */
export function EmptyState({ icon, title, heading: Title = "p", children, action }: EmptyStateProps) {
  return (
    <div className={classes.root}>
      {icon !== undefined && (
        <div className={classes.icon} aria-hidden>
          {icon}
        </div>
      )}
      <Title className={classes.title}>{title}</Title>
      {children !== undefined && <div className={classes.text}>{children}</div>}
      {action !== undefined && <div className={classes.action}>{action}</div>}
    </div>
  );
}
