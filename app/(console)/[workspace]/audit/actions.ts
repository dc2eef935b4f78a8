"use server";

import { form, memberAction } from "#lib/action.ts";
import { asUser } from "#lib/db/as-user.ts";
import { readAuditHead, verifyAudit } from "#lib/workspace/audit.ts";
import { NoInput } from "#lib/workspace/schema.ts";

/** Recomputes the workspace's whole chain. Answers with what was found and the head to keep. */
export const verify = memberAction.inputSchema(form(NoInput)).stateAction(async ({ ctx: { member } }) => {
  const { workspace, claims } = member;
  return asUser(claims, async (tx) => ({
    ...(await verifyAudit(tx, workspace.id)),
    head: await readAuditHead(tx, workspace.id),
    at: new Date().toISOString(),
  }));
});
