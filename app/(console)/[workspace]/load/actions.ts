"use server";

import { refresh } from "next/cache";
import { form, memberAction } from "#lib/action.ts";
import { asUser } from "#lib/db/as-user.ts";
import { removeLimit, removeSource, setLimit, setSource } from "#lib/load/limits.ts";
import { changeYield, overrideThrottle } from "#lib/load/override.ts";
import {
  LimitForm,
  LimitRemoval,
  OverrideEnd,
  OverrideForm,
  SourceForm,
  SourceRemoval,
  YieldForm,
} from "#lib/load/schema.ts";

/** Adds a limit, or changes one unless somebody else has meanwhile. */
export const saveLimit = memberAction
  .inputSchema(form(LimitForm))
  .stateAction(async ({ parsedInput, ctx: { member } }) => {
    await asUser(member.claims, (tx) => setLimit(tx, member.workspace.id, parsedInput));
    refresh();
  });

/** Removes a limit. */
export const dropLimit = memberAction
  .inputSchema(form(LimitRemoval))
  .stateAction(async ({ parsedInput, ctx: { member } }) => {
    await asUser(member.claims, (tx) => removeLimit(tx, member.workspace.id, parsedInput));
    refresh();
  });

/** Sets the Prometheus server and query of a measurement. */
export const saveSource = memberAction
  .inputSchema(form(SourceForm))
  .stateAction(async ({ parsedInput, ctx: { member } }) => {
    await asUser(member.claims, (tx) => setSource(tx, member.workspace.id, parsedInput));
    refresh();
  });

/** Stops pulling a measurement. */
export const dropSource = memberAction
  .inputSchema(form(SourceRemoval))
  .stateAction(async ({ parsedInput: { name }, ctx: { member } }) => {
    await asUser(member.claims, (tx) => removeSource(tx, member.workspace.id, name));
    refresh();
  });

/** Forces a level for a while. */
export const forceLevel = memberAction
  .inputSchema(form(OverrideForm))
  .stateAction(async ({ parsedInput: { reason, ...override }, ctx: { member } }) => {
    await asUser(member.claims, (tx) => overrideThrottle(tx, member.workspace.id, override, reason));
    refresh();
  });

/** Gives the measured level back before the override's end. */
export const endOverride = memberAction
  .inputSchema(form(OverrideEnd))
  .stateAction(async ({ parsedInput: { reason }, ctx: { member } }) => {
    await asUser(member.claims, (tx) => overrideThrottle(tx, member.workspace.id, null, reason));
    refresh();
  });

/** Says from which level an operation yields. */
export const setYield = memberAction
  .inputSchema(form(YieldForm))
  .stateAction(async ({ parsedInput, ctx: { member } }) => {
    await asUser(member.claims, (tx) => changeYield(tx, member.workspace.id, parsedInput));
    refresh();
  });
