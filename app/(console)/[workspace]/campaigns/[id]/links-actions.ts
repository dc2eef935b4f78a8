"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { form, memberAction } from "#lib/action.ts";
import { asUser } from "#lib/db/as-user.ts";
import { LinkChangeForm, LinkForm } from "#lib/links/forms.ts";
import { changeLink, createLink } from "#lib/links/links.ts";

const Campaign = z.object({ campaign: z.uuid() });

/** Makes a tracked link of a campaign. */
export const createTracked = memberAction
  .inputSchema(form(LinkForm.extend(Campaign.shape)))
  .stateAction(async ({ parsedInput: { campaign, ...input }, ctx: { member } }) => {
    await asUser(member.claims, (tx) => createLink(tx, member.workspace.id, campaign, input));
    refresh();
  });

/** Changes a tracked link, or takes it out of use. */
export const changeTracked = memberAction
  .inputSchema(form(LinkChangeForm.extend(Campaign.shape)))
  .stateAction(async ({ parsedInput: { campaign, ...change }, ctx: { member } }) => {
    await asUser(member.claims, (tx) => changeLink(tx, member.workspace.id, campaign, change));
    refresh();
  });
