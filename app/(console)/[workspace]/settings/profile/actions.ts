"use server";

import { revalidatePath } from "next/cache";
import { form, memberAction } from "#lib/action.ts";
import { asUser } from "#lib/db/as-user.ts";
import { Profile } from "#lib/workspace/schema.ts";
import { renameMe } from "#lib/workspace/workspaces.ts";

/** Changes the signed-in person's own name. */
export const rename = memberAction
  .inputSchema(form(Profile))
  .stateAction(async ({ parsedInput, ctx: { member } }) => {
    await asUser(member.claims, (tx) => renameMe(tx, parsedInput.name ?? null));
    revalidatePath(`/${member.workspace.slug}`, "layout");
    return { saved: true };
  });
