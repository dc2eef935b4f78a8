"use server";

import { refresh } from "next/cache";
import { form, memberAction } from "#lib/action.ts";
import { asUser } from "#lib/db/as-user.ts";
import { RoutineForm, setRoutine, TickForm, tickRoutine } from "#lib/overview/routines.ts";

/** Ticks an item for today, or takes the tick back. */
export const tick = memberAction
  .inputSchema(form(TickForm))
  .stateAction(async ({ parsedInput, ctx: { member } }) => {
    await asUser(member.claims, (tx) => tickRoutine(tx, member.workspace.id, parsedInput));
    refresh();
  });

/** Replaces a routine's items. */
export const save = memberAction
  .inputSchema(form(RoutineForm))
  .stateAction(async ({ parsedInput, ctx: { member } }) => {
    await asUser(member.claims, (tx) => setRoutine(tx, member.workspace.id, parsedInput));
    refresh();
  });
