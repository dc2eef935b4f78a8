"use server";

import { form, memberAction } from "#lib/action.ts";
import { asUser } from "#lib/db/as-user.ts";
import { cancelDryRun, createDryRun, readDryRun, readDryRunHead, stepDryRun } from "#lib/dryrun/dry-runs.ts";
import { limitsOf, summaryOf } from "#lib/dryrun/reading.ts";
import { DryRunId, DryRunInput } from "#lib/dryrun/schema.ts";
import { isUnderWay } from "#lib/dryrun/vocabulary.ts";

/** Asks for a dry run; it begins with the first step. */
export const ask = memberAction
  .inputSchema(form(DryRunInput))
  .stateAction(async ({ parsedInput, ctx: { member } }) => ({
    id: await asUser(member.claims, (tx) => createDryRun(tx, member.workspace.id, parsedInput)),
  }));

/** Replays for about two seconds and says how far the run got, and what it came to once it has ended. */
export const step = memberAction
  .inputSchema(form(DryRunId))
  .stateAction(async ({ parsedInput: { id }, ctx: { member } }) => {
    await asUser(member.claims, (tx) => stepDryRun(tx, member.workspace.id, id));
    const head = await asUser(member.claims, (tx) => readDryRunHead(tx, member.workspace.id, id));
    const { status, place, places, problem } = head;
    if (isUnderWay(status)) return { status, place, places, problem, summary: [], limits: [] };
    const run = await asUser(member.claims, (tx) => readDryRun(tx, member.workspace.id, id));
    return { status, place, places, problem, summary: summaryOf(run), limits: limitsOf(run) };
  });

/** Ends a run that somebody no longer waits for. */
export const cancel = memberAction
  .inputSchema(form(DryRunId))
  .stateAction(async ({ parsedInput: { id }, ctx: { member } }) => {
    await asUser(member.claims, (tx) => cancelDryRun(tx, member.workspace.id, id));
  });
