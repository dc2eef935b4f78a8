import { IconClockX, IconLinkOff, IconMailCheck, IconMailX } from "@tabler/icons-react";
import classes from "#app/(auth)/auth.module.css";
import { LinkButton } from "#components/link-button.tsx";
import type { InvitationGlance } from "#lib/workspace/invitations.ts";

const STATES = {
  expired: {
    icon: IconClockX,
    title: "This invitation has expired",
    text: "It worked for seven days. Ask whoever invited you to send it again.",
  },
  revoked: {
    icon: IconMailX,
    title: "This invitation was taken back",
    text: "It was revoked, or a newer one was sent to you. Look for a later mail, or ask whoever invited you.",
  },
  accepted: {
    icon: IconMailCheck,
    title: "This invitation was accepted",
    text: "It works once, and somebody has used it. If that was you, you are a member already.",
  },
  wrong: {
    icon: IconLinkOff,
    title: "This link isn't right",
    text: "No invitation has this address. Open it again from the mail, and make sure that it is whole.",
  },
};

type Props = { invitation: InvitationGlance | null; isSignedIn: boolean };

/** Why an invitation can't be accepted, and what to do instead. */
export function ClosedInvitation({ invitation, isSignedIn }: Props) {
  const state = invitation === null || invitation.state === "open" ? "wrong" : invitation.state;
  const { icon: Icon, title, text } = STATES[state];
  return (
    <div className={classes.done} role="status">
      <span className={classes.icon} aria-hidden>
        <Icon size={26} stroke={1.6} />
      </span>
      <h1 className={classes.title}>{title}</h1>
      <p className={classes.lead}>
        {invitation !== null && <strong>{invitation.workspace}. </strong>}
        {text}
      </p>
      <div className={classes.form}>
        <LinkButton href={isSignedIn ? "/" : "/sign-in"} variant="default">
          {isSignedIn ? "To your workspaces" : "Sign in"}
        </LinkButton>
      </div>
    </div>
  );
}
