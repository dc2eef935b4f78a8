"use server";

import { refresh } from "next/cache";
import { form, memberAction } from "#lib/action.ts";
import { asUser } from "#lib/db/as-user.ts";
import { drawReport, MakeForm, makeReport } from "#lib/reports/reports.ts";

/** Makes an investor's package of a month and keeps it. */
export const make = memberAction
  .inputSchema(form(MakeForm))
  .stateAction(async ({ parsedInput: { month }, ctx: { member } }) => {
    const id = await asUser(member.claims, (tx) => makeReport(tx, member.workspace.id, month));
    await drawReport(id);
    refresh();
    return { id };
  });
