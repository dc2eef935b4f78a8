"use server";

import { redirect } from "next/navigation";
import { form, personAction } from "#lib/action.ts";
import { asUser } from "#lib/db/as-user.ts";
import { NewWorkspace } from "#lib/workspace/schema.ts";
import { createWorkspace } from "#lib/workspace/workspaces.ts";

/** Makes a workspace owned by the signed-in person and goes to its countries. */
export const create = personAction
  .inputSchema(form(NewWorkspace))
  .stateAction(async ({ parsedInput, ctx: { person } }) => {
    const slug = await asUser(person.claims, (tx) => createWorkspace(tx, parsedInput));
    redirect(`/${slug}/countries`);
  });
