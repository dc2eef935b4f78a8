import { Button } from "@mantine/core";
import { IconMailOpened } from "@tabler/icons-react";
import classes from "#app/status-page.module.css";
import { EmptyState } from "#components/empty-state.tsx";
import { LinkButton } from "#components/link-button.tsx";
import { Logo } from "#components/logo.tsx";
import type { SignedInUser } from "#lib/supabase/server.ts";

/** What a person sees who is signed in and a member of nothing yet. */
export function NoWorkspace({ user }: { user: SignedInUser }) {
  return (
    <main className={classes.page}>
      <Logo />
      <EmptyState
        icon={<IconMailOpened />}
        title="You aren't in a workspace yet"
        heading="h1"
        action={
          <form action="/auth/sign-out" method="post" className={classes.actions}>
            <LinkButton href="/new">Start a workspace</LinkButton>
            <Button type="submit" variant="default">
              Sign out
            </Button>
          </form>
        }
      >
        You are signed in as {user.email}. Open the invitation in your mail, ask an owner to invite this
        address, or start a workspace of your own.
      </EmptyState>
    </main>
  );
}
