import { Code } from "@mantine/core";
import type { Metadata } from "next";
import { NoAccess } from "#app/(console)/[workspace]/no-access.tsx";
import { createKey, revokeKey, rotateKey } from "#app/(console)/[workspace]/settings/keys/actions.ts";
import { CreateKey } from "#app/(console)/[workspace]/settings/keys/create-key.tsx";
import { KeysTable } from "#app/(console)/[workspace]/settings/keys/keys-table.tsx";
import { PageHeader } from "#components/page-header.tsx";
import { asUser } from "#lib/db/as-user.ts";
import { readApiKeys, readScopes } from "#lib/workspace/api-keys.ts";
import { requireMember } from "#lib/workspace/session.ts";

export const metadata: Metadata = { title: "API keys" };

type Props = { params: Promise<{ workspace: string }> };

/** The keys that product services show when they ask for cap checks. */
export default async function KeysPage({ params }: Props) {
  const { workspace: slug } = await params;
  const { claims, workspace, permissions } = await requireMember(slug);
  if (!permissions.includes("keys.manage"))
    return <NoAccess slug={slug}>API keys are managed by others.</NoAccess>;
  const { keys, scopes } = await asUser(claims, async (tx) => ({
    keys: await readApiKeys(tx, workspace.id),
    scopes: await readScopes(tx),
  }));
  return (
    <>
      <PageHeader
        title="API keys"
        description={
          <>
            Your services send a key with each request, as <Code>Authorization: Bearer gty_…</Code> Each key
            belongs to {workspace.name} alone and does only what its scopes allow.
          </>
        }
        actions={<CreateKey action={createKey.bind(null, slug)} scopes={scopes} />}
      />
      <KeysTable keys={keys} rotate={rotateKey.bind(null, slug)} revoke={revokeKey.bind(null, slug)} />
    </>
  );
}
