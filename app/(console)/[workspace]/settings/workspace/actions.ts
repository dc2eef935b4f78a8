"use server";

import { revalidatePath } from "next/cache";
import { form, memberAction } from "#lib/action.ts";
import { asUser } from "#lib/db/as-user.ts";
import { WorkspaceChange } from "#lib/workspace/schema.ts";
import { changeWorkspace } from "#lib/workspace/workspaces.ts";

/** Renames the workspace and sets what happens to countries nobody has listed. */
export const change = memberAction
  .inputSchema(form(WorkspaceChange))
  .stateAction(async ({ parsedInput: { name, unlisted, reason }, ctx: { member } }) => {
    const allowsUnlistedCountries = unlisted === "allow";
    await asUser(member.claims, (tx) =>
      changeWorkspace(tx, member.workspace.id, { name, allowsUnlistedCountries, reason: reason ?? null }),
    );
    revalidatePath(`/${member.workspace.slug}`, "layout");
    return { saved: true };
  });
