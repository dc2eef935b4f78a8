"use server";

import { refresh } from "next/cache";
import { form, memberAction } from "#lib/action.ts";
import { asUser } from "#lib/db/as-user.ts";
import { requestJobRun } from "#lib/jobs/jobs.ts";
import { JobRequest } from "#lib/jobs/schema.ts";

/** Runs one job in this workspace, now. */
export const runNow = memberAction
  .inputSchema(form(JobRequest))
  .stateAction(async ({ parsedInput, ctx: { member } }) => {
    await asUser(member.claims, (tx) => requestJobRun(tx, member.workspace.id, parsedInput.job));
    refresh();
  });
