"use server";

import { refresh } from "next/cache";
import { form, memberAction } from "#lib/action.ts";
import { acknowledgeAlert, assignAlert, muteAlert, reopenAlert, resolveAlert } from "#lib/alerts/answers.ts";
import { AlertAnswer, AlertAssignment, AlertMute, AlertResolution } from "#lib/alerts/schema.ts";
import { asUser } from "#lib/db/as-user.ts";
import type { Tx } from "#lib/db/service.ts";
import type { Member } from "#lib/workspace/session.ts";

/** Runs a verb as the member, then renders the page anew. */
async function run<T>(member: Member, verb: (tx: Tx, workspaceId: string) => Promise<T>): Promise<T> {
  const result = await asUser(member.claims, (tx) => verb(tx, member.workspace.id));
  refresh();
  return result;
}

export const acknowledge = memberAction
  .inputSchema(form(AlertAnswer))
  .stateAction(({ parsedInput, ctx }) => run(ctx.member, (tx, id) => acknowledgeAlert(tx, id, parsedInput)));

export const assign = memberAction
  .inputSchema(form(AlertAssignment))
  .stateAction(({ parsedInput, ctx }) => run(ctx.member, (tx, id) => assignAlert(tx, id, parsedInput)));

export const resolve = memberAction
  .inputSchema(form(AlertResolution))
  .stateAction(({ parsedInput, ctx }) => run(ctx.member, (tx, id) => resolveAlert(tx, id, parsedInput)));

export const reopen = memberAction
  .inputSchema(form(AlertAnswer))
  .stateAction(({ parsedInput, ctx }) => run(ctx.member, (tx, id) => reopenAlert(tx, id, parsedInput)));

export const mute = memberAction
  .inputSchema(form(AlertMute))
  .stateAction(({ parsedInput, ctx }) => run(ctx.member, (tx, id) => muteAlert(tx, id, parsedInput)));
