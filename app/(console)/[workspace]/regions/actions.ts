"use server";

import { refresh } from "next/cache";
import {
  CloseForm,
  NoteForm,
  PreviewForm,
  RatesForm,
  ScorecardForm,
  SettingsForm,
} from "#app/(console)/[workspace]/regions/forms.ts";
import { form, memberAction } from "#lib/action.ts";
import { asUser } from "#lib/db/as-user.ts";
import type { Tx } from "#lib/db/service.ts";
import { closeIncident, noteIncident } from "#lib/regions/incidents.ts";
import { importRates } from "#lib/regions/rates.ts";
import { changeScorecard, previewScorecard } from "#lib/regions/scorecard.ts";
import { changeRegionSettings } from "#lib/regions/settings.ts";
import type { Member } from "#lib/workspace/session.ts";

/** Runs a verb as the member, then renders the page anew. */
async function run<T>(member: Member, verb: (tx: Tx, workspaceId: string) => Promise<T>): Promise<T> {
  const result = await asUser(member.claims, (tx) => verb(tx, member.workspace.id));
  refresh();
  return result;
}

export const preview = memberAction
  .inputSchema(form(PreviewForm))
  .stateAction(({ parsedInput, ctx: { member } }) =>
    asUser(member.claims, (tx) => previewScorecard(tx, member.workspace.id, parsedInput.card)),
  );

export const saveScorecard = memberAction
  .inputSchema(form(ScorecardForm))
  .stateAction(({ parsedInput, ctx }) => run(ctx.member, (tx, id) => changeScorecard(tx, id, parsedInput)));

export const note = memberAction
  .inputSchema(form(NoteForm))
  .stateAction(({ parsedInput: { id: incident, body }, ctx }) =>
    run(ctx.member, async (tx, id) => {
      await noteIncident(tx, id, incident, body);
      return { noted: incident };
    }),
  );

export const close = memberAction
  .inputSchema(form(CloseForm))
  .stateAction(({ parsedInput, ctx }) => run(ctx.member, (tx, id) => closeIncident(tx, id, parsedInput)));

export const saveSettings = memberAction
  .inputSchema(form(SettingsForm))
  .stateAction(({ parsedInput, ctx }) =>
    run(ctx.member, (tx, id) => changeRegionSettings(tx, id, parsedInput)),
  );

export const takeRates = memberAction
  .inputSchema(form(RatesForm))
  .stateAction(({ parsedInput: { csv: rates }, ctx }) =>
    run(ctx.member, async (tx, id) => ({ taken: rates.length, changed: await importRates(tx, id, rates) })),
  );
