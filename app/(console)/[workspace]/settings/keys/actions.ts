"use server";

import { revalidatePath } from "next/cache";
import { form, memberAction } from "#lib/action.ts";
import { asUser } from "#lib/db/as-user.ts";
import { createApiKey, revokeApiKey, rotateApiKey } from "#lib/workspace/api-keys.ts";
import { expiryOf, KeyRevocation, KeyRotation, NewApiKey } from "#lib/workspace/schema.ts";

/** Creates a key and answers with it: the one time it can be read. */
export const createKey = memberAction
  .inputSchema(form(NewApiKey))
  .stateAction(async ({ parsedInput, ctx: { member } }) => {
    const { name, scopes } = parsedInput;
    const expiresAt = expiryOf(parsedInput, new Date());
    const key = await asUser(member.claims, (tx) =>
      createApiKey(tx, member.workspace.id, { name, scopes, expiresAt }),
    );
    revalidatePath(`/${member.workspace.slug}/settings/keys`);
    return { secret: key };
  });

/** Replaces a key and answers with the new one; the old one works on for the overlap. */
export const rotateKey = memberAction
  .inputSchema(form(KeyRotation))
  .stateAction(async ({ parsedInput: { id, overlap }, ctx: { member } }) => {
    const key = await asUser(member.claims, (tx) => rotateApiKey(tx, member.workspace.id, id, overlap));
    revalidatePath(`/${member.workspace.slug}/settings/keys`);
    return { secret: key };
  });

/** Revokes a key: the next request with it is refused. */
export const revokeKey = memberAction
  .inputSchema(form(KeyRevocation))
  .stateAction(async ({ parsedInput: { id, reason }, ctx: { member } }) => {
    await asUser(member.claims, (tx) => revokeApiKey(tx, member.workspace.id, id, reason));
    revalidatePath(`/${member.workspace.slug}/settings/keys`);
  });
