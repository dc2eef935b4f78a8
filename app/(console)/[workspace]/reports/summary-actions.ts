"use server";

import { refresh } from "next/cache";
import { form, memberAction } from "#lib/action.ts";
import { asUser } from "#lib/db/as-user.ts";
import { SummaryForm, setDailySummary, testDailySummary } from "#lib/reports/summary.ts";
import { NoInput } from "#lib/workspace/schema.ts";

/** Says whether and when the daily summary is sent. */
export const setSummary = memberAction
  .inputSchema(form(SummaryForm))
  .stateAction(async ({ parsedInput, ctx: { member } }) => {
    await asUser(member.claims, (tx) => setDailySummary(tx, member.workspace.id, parsedInput));
    refresh();
  });

/** Sends the summary as of now to every channel that wants it, and answers with how many those are. */
export const testSummary = memberAction
  .inputSchema(form(NoInput))
  .stateAction(async ({ ctx: { member } }) => {
    const channels = await asUser(member.claims, (tx) => testDailySummary(tx, member.workspace.id));
    refresh();
    return { channels };
  });
