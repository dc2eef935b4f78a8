"use server";

import { refresh } from "next/cache";
import { form, memberAction } from "#lib/action.ts";
import { asUser } from "#lib/db/as-user.ts";
import { createExperiment, stopExperiment } from "#lib/experiments/experiments.ts";
import { ExperimentInput, StopInput } from "#lib/experiments/schema.ts";

/** Makes an experiment that begins at a local midnight to come. */
export const create = memberAction
  .inputSchema(form(ExperimentInput))
  .stateAction(async ({ parsedInput, ctx: { member } }) => {
    await asUser(member.claims, (tx) => createExperiment(tx, member.workspace.id, parsedInput));
    refresh();
  });

/** Ends an experiment before its last day. */
export const stop = memberAction
  .inputSchema(form(StopInput))
  .stateAction(async ({ parsedInput, ctx: { member } }) => {
    await asUser(member.claims, (tx) => stopExperiment(tx, member.workspace.id, parsedInput));
    refresh();
  });
