"use server";

import { revalidatePath } from "next/cache";
import { form, memberAction } from "#lib/action.ts";
import { asUser } from "#lib/db/as-user.ts";
import { setFlag } from "#lib/workspace/flags.ts";
import { FlagSwitch } from "#lib/workspace/schema.ts";

/** Switches a flag, unless somebody else has switched it since the page was read. */
export const switchFlag = memberAction
  .inputSchema(form(FlagSwitch))
  .stateAction(async ({ parsedInput: { key, enabled, version, reason }, ctx: { member } }) => {
    const change = { key, enabled, reason, expectedVersion: version };
    await asUser(member.claims, (tx) => setFlag(tx, member.workspace.id, change));
    revalidatePath(`/${member.workspace.slug}/flags`);
  });
