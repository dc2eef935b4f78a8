import type { Metadata } from "next";
import Link from "next/link";
import classes from "#app/(auth)/auth.module.css";
import { AcceptForm } from "#app/(auth)/invitations/[token]/accept-form.tsx";
import { accept } from "#app/(auth)/invitations/[token]/actions.ts";
import { ClosedInvitation } from "#app/(auth)/invitations/[token]/closed-invitation.tsx";
import { SwitchAccount } from "#app/(auth)/invitations/[token]/switch-account.tsx";
import { AuthTitle } from "#app/(auth)/parts.tsx";
import { LinkButton } from "#components/link-button.tsx";
import { signedInUser } from "#lib/supabase/server.ts";
import { peekInvitation } from "#lib/workspace/invitations.ts";

// The address is the key: it must not travel on in a Referer.
export const metadata: Metadata = { title: "Invitation", referrer: "no-referrer" };

type Props = { params: Promise<{ token: string }> };

/** Where an invitation's link leads: what it is for and, for whom it is meant, the way in. */
export default async function InvitationPage({ params }: Props) {
  const { token } = await params;
  const [invitation, user] = await Promise.all([peekInvitation(token), signedInUser()]);
  if (invitation?.state !== "open")
    return <ClosedInvitation invitation={invitation} isSignedIn={user !== null} />;
  const { workspace, role, email } = invitation;
  const next = new URLSearchParams({ next: `/invitations/${token}` });
  return (
    <>
      <AuthTitle title={`Join ${workspace}`}>
        You are invited as <strong>{role}</strong>. The invitation is for <strong>{email}</strong>.
      </AuthTitle>
      {user === null ? (
        <div className={classes.form}>
          <LinkButton href={`/sign-in?${next}`} fullWidth>
            Sign in
          </LinkButton>
          <LinkButton href={`/sign-up?${next}`} variant="default" fullWidth>
            Make an account
          </LinkButton>
          <p className={classes.other}>Use that address. Afterwards you come back here.</p>
        </div>
      ) : user.email.toLowerCase() === email ? (
        <AcceptForm action={accept} token={token} />
      ) : (
        <SwitchAccount present={user.email} wanted={email} />
      )}
      {user !== null && (
        <p className={classes.other}>
          <Link href="/">Not now</Link>
        </p>
      )}
    </>
  );
}
