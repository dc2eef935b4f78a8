import type { Metadata } from "next";
import { NoAccess } from "#app/(console)/[workspace]/no-access.tsx";
import classes from "#app/(console)/[workspace]/settings/settings.module.css";
import { change } from "#app/(console)/[workspace]/settings/workspace/actions.ts";
import { WorkspaceForm } from "#app/(console)/[workspace]/settings/workspace/workspace-form.tsx";
import { CopyButton } from "#components/copy-button.tsx";
import { EnvironmentTag } from "#components/environment-tag.tsx";
import { LinkButton } from "#components/link-button.tsx";
import { PageHeader } from "#components/page-header.tsx";
import { requireMember } from "#lib/workspace/session.ts";

export const metadata: Metadata = { title: "Settings" };

type Props = { params: Promise<{ workspace: string }> };

/** The workspace's name, its policy for unlisted countries, and what can't be changed. */
export default async function WorkspaceSettingsPage({ params }: Props) {
  const { workspace: slug } = await params;
  const { workspace, permissions } = await requireMember(slug);
  if (!permissions.includes("workspace.manage"))
    return <NoAccess slug={slug}>These settings are managed by others.</NoAccess>;
  return (
    <>
      <PageHeader
        title="Settings"
        badge={<EnvironmentTag environment={workspace.environment} />}
        description="One environment of one product. Nothing crosses from one workspace into another."
        actions={
          <LinkButton href="/new" variant="default">
            New workspace
          </LinkButton>
        }
      />
      <div className={classes.panel}>
        <dl className={classes.facts}>
          <dt>Environment</dt>
          <dd>
            <EnvironmentTag environment={workspace.environment} />
          </dd>
          <dt>Address</dt>
          <dd>/{slug}</dd>
          <dt>Id</dt>
          <dd>
            <code>{workspace.id}</code> <CopyButton value={workspace.id} what="workspace id" />
          </dd>
        </dl>
        <WorkspaceForm
          action={change.bind(null, slug)}
          name={workspace.name}
          unlisted={workspace.allowsUnlistedCountries ? "allow" : "refuse"}
        />
      </div>
    </>
  );
}
