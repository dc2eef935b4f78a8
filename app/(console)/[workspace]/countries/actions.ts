"use server";

import { refresh } from "next/cache";
import {
  ActivateForm,
  AdvanceForm,
  CapsForm,
  CorrectForm,
  ListForm,
  PauseForm,
  ResumeForm,
  UnlistForm,
  ZoneForm,
} from "#app/(console)/[workspace]/countries/forms.ts";
import { form, memberAction } from "#lib/action.ts";
import { asUser } from "#lib/db/as-user.ts";
import type { Tx } from "#lib/db/service.ts";
import {
  activateCountry,
  advanceCountry,
  changeCaps,
  changeTimeZone,
  correctCounter,
  listCountries,
  pauseCountry,
  resumeCountry,
  unlistCountry,
} from "#lib/launch/countries.ts";
import type { Member } from "#lib/workspace/session.ts";

/** Runs a verb as the member, then renders the page anew. */
async function run<T>(member: Member, verb: (tx: Tx, workspaceId: string) => Promise<T>): Promise<T> {
  const result = await asUser(member.claims, (tx) => verb(tx, member.workspace.id));
  refresh();
  return result;
}

export const list = memberAction
  .inputSchema(form(ListForm))
  .stateAction(({ parsedInput, ctx }) =>
    run(ctx.member, (tx, id) => listCountries(tx, id, parsedInput.countries)),
  );

export const activate = memberAction
  .inputSchema(form(ActivateForm))
  .stateAction(({ parsedInput: { code, input }, ctx }) =>
    run(ctx.member, (tx, id) => activateCountry(tx, id, code, input)),
  );

export const advance = memberAction
  .inputSchema(form(AdvanceForm))
  .stateAction(({ parsedInput: { code, input }, ctx }) =>
    run(ctx.member, (tx, id) => advanceCountry(tx, id, code, input)),
  );

export const pause = memberAction
  .inputSchema(form(PauseForm))
  .stateAction(({ parsedInput: { code, reason }, ctx }) =>
    run(ctx.member, (tx, id) => pauseCountry(tx, id, code, reason)),
  );

export const resume = memberAction
  .inputSchema(form(ResumeForm))
  .stateAction(({ parsedInput: { code, input }, ctx }) =>
    run(ctx.member, (tx, id) => resumeCountry(tx, id, code, input)),
  );

export const setCaps = memberAction
  .inputSchema(form(CapsForm))
  .stateAction(({ parsedInput: { code, input }, ctx }) =>
    run(ctx.member, (tx, id) => changeCaps(tx, id, code, input)),
  );

export const setTimeZone = memberAction
  .inputSchema(form(ZoneForm))
  .stateAction(({ parsedInput: { code, input }, ctx }) =>
    run(ctx.member, (tx, id) => changeTimeZone(tx, id, code, input)),
  );

export const correct = memberAction
  .inputSchema(form(CorrectForm))
  .stateAction(({ parsedInput, ctx }) => run(ctx.member, (tx, id) => correctCounter(tx, id, parsedInput)));

export const unlist = memberAction
  .inputSchema(form(UnlistForm))
  .stateAction(({ parsedInput: { code }, ctx }) => run(ctx.member, (tx, id) => unlistCountry(tx, id, code)));
