import { Badge } from "@mantine/core";
import type { Metadata } from "next";
import { leave } from "#app/(console)/[workspace]/settings/members/actions.ts";
import { rename } from "#app/(console)/[workspace]/settings/profile/actions.ts";
import { ProfileForm } from "#app/(console)/[workspace]/settings/profile/profile-form.tsx";
import classes from "#app/(console)/[workspace]/settings/settings.module.css";
import { ConfirmForm } from "#components/confirm-form.tsx";
import { LinkButton } from "#components/link-button.tsx";
import { PageHeader } from "#components/page-header.tsx";
import { requireMember } from "#lib/workspace/session.ts";

export const metadata: Metadata = { title: "Your profile" };

type Props = { params: Promise<{ workspace: string }> };

/** The signed-in person: name, address, role here, password, and the way out of the workspace. */
export default async function ProfilePage({ params }: Props) {
  const { workspace: slug } = await params;
  const { user, role, workspace } = await requireMember(slug);
  return (
    <>
      <PageHeader
        title="Your profile"
        description="How others see you, in the audit trail and among members."
      />
      <div className={classes.panel}>
        <dl className={classes.facts}>
          <dt>E-mail</dt>
          <dd>{user.email}</dd>
          <dt>Role in {workspace.name}</dt>
          <dd>
            <Badge tt="none" color="gray">
              {role}
            </Badge>
          </dd>
        </dl>
        <ProfileForm action={rename.bind(null, slug)} name={user.name === user.email ? "" : user.name} />
        <div className={`${classes.apart} ${classes.buttons}`}>
          <LinkButton href="/reset-password" variant="default">
            Set a new password
          </LinkButton>
          <ConfirmForm
            trigger={{ label: `Leave ${workspace.name}`, variant: "subtle", color: "red" }}
            title={`Leave ${workspace.name}?`}
            explanation="You lose access at once. Somebody who manages members can invite you again."
            action={leave.bind(null, slug)}
            reason="none"
            danger
            submitLabel="Leave"
            doneMessage={`You left ${workspace.name}`}
          />
        </div>
      </div>
    </>
  );
}
