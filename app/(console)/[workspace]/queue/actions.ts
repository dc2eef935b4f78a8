"use server";

import { refresh } from "next/cache";
import { form, memberAction } from "#lib/action.ts";
import { asUser } from "#lib/db/as-user.ts";
import { changeQueue, clearQueue } from "#lib/queue/queues.ts";
import { ClearQueueInput, QueueInput } from "#lib/queue/schema.ts";

/** Sets how an operation queues. */
export const change = memberAction
  .inputSchema(form(QueueInput))
  .stateAction(async ({ parsedInput, ctx: { member } }) => {
    await asUser(member.claims, (tx) => changeQueue(tx, member.workspace.id, parsedInput));
    refresh();
  });

/** Ends all that wait in one queue. */
export const clear = memberAction
  .inputSchema(form(ClearQueueInput))
  .stateAction(async ({ parsedInput, ctx: { member } }) => {
    await asUser(member.claims, (tx) => clearQueue(tx, member.workspace.id, parsedInput));
    refresh();
  });
