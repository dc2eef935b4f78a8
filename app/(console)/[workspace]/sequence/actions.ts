"use server";

import { refresh } from "next/cache";
import { form, memberAction } from "#lib/action.ts";
import { asUser } from "#lib/db/as-user.ts";
import {
  AnswerForm,
  ChecklistForm,
  DependencyForm,
  ExtendForm,
  FreezeForm,
  ProposeForm,
  RemoveForm,
  ReorderForm,
  StepForm,
  ThawForm,
  TickForm,
} from "#lib/sequence/schema.ts";
import {
  answerProposal,
  endFreeze,
  extendSequence,
  freeze,
  proposeMove,
  removeFromSequence,
  reorderSequence,
  setChecklist,
  setDependency,
  setStep,
  tickItem,
} from "#lib/sequence/sequence.ts";

/** Puts a template's countries, or one, at the end of the sequence. */
export const extend = memberAction
  .inputSchema(form(ExtendForm))
  .stateAction(async ({ parsedInput, ctx: { member } }) => {
    await asUser(member.claims, (tx) => extendSequence(tx, member.workspace.id, parsedInput));
    refresh();
  });

/** Takes a country out of the sequence. */
export const removeStep = memberAction
  .inputSchema(form(RemoveForm))
  .stateAction(async ({ parsedInput: { country, version }, ctx: { member } }) => {
    await asUser(member.claims, (tx) => removeFromSequence(tx, member.workspace.id, country, version));
    refresh();
  });

/** Gives the sequence a new order, and says its new version. */
export const reorder = memberAction
  .inputSchema(form(ReorderForm))
  .stateAction(async ({ parsedInput: { countries, version: expected }, ctx: { member } }) => {
    const version = await asUser(member.claims, (tx) =>
      reorderSequence(tx, member.workspace.id, countries, expected),
    );
    refresh();
    return { version };
  });

/** Says how a country moves. */
export const saveStep = memberAction
  .inputSchema(form(StepForm))
  .stateAction(async ({ parsedInput, ctx: { member } }) => {
    await asUser(member.claims, (tx) => setStep(tx, member.workspace.id, parsedInput));
    refresh();
  });

/** Makes a country wait for another, or no longer. */
export const saveDependency = memberAction
  .inputSchema(form(DependencyForm))
  .stateAction(async ({ parsedInput, ctx: { member } }) => {
    await asUser(member.claims, (tx) => setDependency(tx, member.workspace.id, parsedInput));
    refresh();
  });

/** Freezes a country, or all. */
export const startFreeze = memberAction
  .inputSchema(form(FreezeForm))
  .stateAction(async ({ parsedInput, ctx: { member } }) => {
    await asUser(member.claims, (tx) => freeze(tx, member.workspace.id, parsedInput));
    refresh();
  });

/** Ends a freeze. */
export const thaw = memberAction
  .inputSchema(form(ThawForm))
  .stateAction(async ({ parsedInput: { id }, ctx: { member } }) => {
    await asUser(member.claims, (tx) => endFreeze(tx, member.workspace.id, id));
    refresh();
  });

/** Ticks an item of a country's checklist, or takes the tick back. */
export const tick = memberAction
  .inputSchema(form(TickForm))
  .stateAction(async ({ parsedInput, ctx: { member } }) => {
    await asUser(member.claims, (tx) => tickItem(tx, member.workspace.id, parsedInput));
    refresh();
  });

/** Replaces the checklist of all countries. */
export const saveChecklist = memberAction
  .inputSchema(form(ChecklistForm))
  .stateAction(async ({ parsedInput, ctx: { member } }) => {
    await asUser(member.claims, (tx) => setChecklist(tx, member.workspace.id, parsedInput));
    refresh();
  });

/** Proposes a country's next move. */
export const propose = memberAction
  .inputSchema(form(ProposeForm))
  .stateAction(async ({ parsedInput, ctx: { member } }) => {
    await asUser(member.claims, (tx) => proposeMove(tx, member.workspace.id, parsedInput));
    refresh();
  });

/** Approves or refuses a proposal. */
export const answer = memberAction
  .inputSchema(form(AnswerForm))
  .stateAction(async ({ parsedInput, ctx: { member } }) => {
    await asUser(member.claims, (tx) => answerProposal(tx, member.workspace.id, parsedInput));
    refresh();
  });
