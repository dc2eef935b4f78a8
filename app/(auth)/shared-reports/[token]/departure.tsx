import { Button } from "@mantine/core";
import { IconMailCheck, IconMailOff } from "@tabler/icons-react";
import classes from "#app/(auth)/auth.module.css";
import type { Shared } from "#lib/reports/shared.ts";

type Props = { departure: Shared & { kind: "departure" }; token: string };

/** Stops the mails, or takes that back. A plain form: it works without scripts, and nothing happens by opening the page. */
export function Departure({ departure: { name, state }, token }: Props) {
  const isLeft = state === "left";
  const Icon = isLeft ? IconMailCheck : IconMailOff;
  return (
    <div className={classes.done}>
      <span className={classes.icon} aria-hidden>
        <Icon size={26} stroke={1.6} />
      </span>
      <h1 className={classes.title}>{isLeft ? "You get no more mails" : `Stop “${name}”?`}</h1>
      <p className={classes.lead}>
        {isLeft
          ? `“${name}” is not sent to you any more. Links in mails that you have don't open any more either.`
          : "This and other reports of its sender are no longer mailed to you, and links in mails that you have no longer open. The sender sees that you left."}
      </p>
      <form method="post" action={`/shared-reports/${token}/unsubscribe`} className={classes.form}>
        <input type="hidden" name="answer" value={isLeft ? "resume" : "stop"} />
        <Button type="submit" fullWidth variant={isLeft ? "default" : "filled"}>
          {isLeft ? "Send them to me again" : "Stop these mails"}
        </Button>
      </form>
    </div>
  );
}
