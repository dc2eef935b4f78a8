import { Alert } from "@mantine/core";
import { IconMailCheck } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "#app/(auth)/auth.module.css";

/** The card's heading and the line below it. */
export function AuthTitle({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <>
      <h1 className={classes.title}>{title}</h1>
      {children !== undefined && <p className={classes.lead}>{children}</p>}
    </>
  );
}

/** Why the form was refused; read out at once. */
export function AuthRefusal({ children }: { children: ReactNode }) {
  return (
    <Alert color="red" variant="light" role="alert">
      {children}
    </Alert>
  );
}

/** What happens next, in place of a form that has done its work. */
export function AuthDone({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={classes.done} role="status">
      <span className={classes.icon} aria-hidden>
        <IconMailCheck size={26} stroke={1.6} />
      </span>
      <h1 className={classes.title}>{title}</h1>
      <div className={classes.lead}>{children}</div>
    </div>
  );
}
