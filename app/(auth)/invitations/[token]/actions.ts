"use server";

import { redirect } from "next/navigation";
import { form, personAction } from "#lib/action.ts";
import { asUser } from "#lib/db/as-user.ts";
import { acceptInvitation } from "#lib/workspace/invitations.ts";
import { InvitationToken } from "#lib/workspace/schema.ts";

/** Makes the signed-in person a member of the workspace they were invited to and goes there. */
export const accept = personAction
  .inputSchema(form(InvitationToken))
  .stateAction(async ({ parsedInput: { token }, ctx: { person } }) => {
    const slug = await asUser(person.claims, (tx) => acceptInvitation(tx, token));
    redirect(`/${slug}/countries`);
  });
