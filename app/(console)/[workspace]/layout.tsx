import type { Metadata } from "next";
import type { ReactNode } from "react";
import { ConsoleShell } from "#app/(console)/[workspace]/shell.tsx";
import { requireMember } from "#lib/workspace/session.ts";

type Props = { params: Promise<{ workspace: string }>; children: ReactNode };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { workspace } = await requireMember((await params).workspace);
  return { title: { default: workspace.name, template: `%s · ${workspace.name} · Gantry` } };
}

/** The console around a workspace's pages; who isn't a member gets no further. */
export default async function WorkspaceLayout({ params, children }: Props) {
  const member = await requireMember((await params).workspace);
  return (
    <ConsoleShell
      user={member.user}
      workspace={member.workspace}
      workspaces={member.workspaces}
      permissions={member.permissions}
      role={member.role}
    >
      {children}
    </ConsoleShell>
  );
}
