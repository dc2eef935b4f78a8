"use server";

import { refresh } from "next/cache";
import { form, memberAction } from "#lib/action.ts";
import { asUser } from "#lib/db/as-user.ts";
import type { Tx } from "#lib/db/service.ts";
import {
  ScheduleChangeForm,
  ScheduleForm,
  ScheduleId,
  ScheduleSwitch,
} from "#lib/reports/schedule-schema.ts";
import {
  changeSchedule,
  createSchedule,
  deleteSchedule,
  switchSchedule,
  testSchedule,
} from "#lib/reports/schedules.ts";
import type { Member } from "#lib/workspace/session.ts";

/** Runs a verb as the member, then renders the page anew. */
async function run(member: Member, verb: (tx: Tx, workspaceId: string) => Promise<unknown>): Promise<void> {
  await asUser(member.claims, (tx) => verb(tx, member.workspace.id));
  refresh();
}

/** Makes a schedule and asks the outside addresses it names. */
export const createOne = memberAction
  .inputSchema(form(ScheduleForm))
  .stateAction(({ parsedInput, ctx }) =>
    run(ctx.member, (tx, id) => createSchedule(tx, id, { ...parsedInput, enabled: true })),
  );

export const changeOne = memberAction
  .inputSchema(form(ScheduleChangeForm))
  .stateAction(({ parsedInput: { id: scheduleId, ...change }, ctx }) =>
    run(ctx.member, (tx, id) => changeSchedule(tx, id, scheduleId, change)),
  );

export const switchOne = memberAction
  .inputSchema(form(ScheduleSwitch))
  .stateAction(({ parsedInput, ctx }) => run(ctx.member, (tx, id) => switchSchedule(tx, id, parsedInput)));

export const deleteOne = memberAction
  .inputSchema(form(ScheduleId))
  .stateAction(({ parsedInput, ctx }) => run(ctx.member, (tx, id) => deleteSchedule(tx, id, parsedInput.id)));

/** Makes last month's package and mails it to the person who asks, alone. */
export const testOne = memberAction
  .inputSchema(form(ScheduleId))
  .stateAction(({ parsedInput, ctx }) => run(ctx.member, (tx, id) => testSchedule(tx, id, parsedInput.id)));
