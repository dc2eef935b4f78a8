"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { form, memberAction } from "#lib/action.ts";
import { asUser } from "#lib/db/as-user.ts";
import { inviteMember, revokeInvitation } from "#lib/workspace/invitations.ts";
import { changeMemberRole, removeMember } from "#lib/workspace/members.ts";
import { Invitation, InvitationId, MemberId, NoInput, RoleChange } from "#lib/workspace/schema.ts";

/** Invites an address by e-mail, or sends an open invitation afresh under a new link. Answers with the link. */
export const invite = memberAction
  .inputSchema(form(Invitation))
  .stateAction(async ({ parsedInput, ctx: { member } }) => {
    const link = await asUser(member.claims, (tx) => inviteMember(tx, member.workspace.id, parsedInput));
    revalidatePath(`/${member.workspace.slug}/settings/members`);
    return { link, email: parsedInput.email };
  });

/** Takes back an open invitation. */
export const revoke = memberAction
  .inputSchema(form(InvitationId))
  .stateAction(async ({ parsedInput, ctx: { member } }) => {
    await asUser(member.claims, (tx) => revokeInvitation(tx, member.workspace.id, parsedInput.id));
    revalidatePath(`/${member.workspace.slug}/settings/members`);
  });

/** Gives a member another role. */
export const changeRole = memberAction
  .inputSchema(form(RoleChange))
  .stateAction(async ({ parsedInput: { id, role }, ctx: { member } }) => {
    await asUser(member.claims, (tx) => changeMemberRole(tx, member.workspace.id, id, role));
    revalidatePath(`/${member.workspace.slug}`, "layout");
  });

/** Removes somebody else from the workspace. */
export const remove = memberAction
  .inputSchema(form(MemberId))
  .stateAction(async ({ parsedInput, ctx: { member } }) => {
    await asUser(member.claims, (tx) => removeMember(tx, member.workspace.id, parsedInput.id));
    revalidatePath(`/${member.workspace.slug}/settings/members`);
  });

/** Takes the signed-in person out of the workspace and to the front door. */
export const leave = memberAction.inputSchema(form(NoInput)).stateAction(async ({ ctx: { member } }) => {
  await asUser(member.claims, (tx) => removeMember(tx, member.workspace.id, member.user.id));
  redirect("/");
});
