"use server";

import { refresh } from "next/cache";
import { form, memberAction } from "#lib/action.ts";
import { importCampaigns, inputOf, parseCampaigns } from "#lib/campaigns/campaign-import.ts";
import {
  changeCampaign,
  createCampaign,
  deleteCampaign,
  duplicateCampaign,
  moveCampaign,
  readCampaign,
} from "#lib/campaigns/campaigns.ts";
import {
  CampaignCopyForm,
  CampaignEdit,
  CampaignFit,
  CampaignForm,
  CampaignRemoval,
  CampaignStep,
  ImportForm,
  TaskForm,
} from "#lib/campaigns/forms.ts";
import { slugOf } from "#lib/campaigns/slug-of.ts";
import { setTask } from "#lib/campaigns/tasks.ts";
import { asUser } from "#lib/db/as-user.ts";
import { AppError } from "#lib/errors.ts";

const DAY = 86_400_000;
const later = (at: string, days: number) => new Date(Date.parse(at) + days * DAY).toISOString();

/** Plans a campaign as a draft. */
export const create = memberAction
  .inputSchema(form(CampaignForm))
  .stateAction(async ({ parsedInput, ctx: { member } }) => {
    const made = await asUser(member.claims, (tx) =>
      createCampaign(tx, member.workspace.id, inputOf(parsedInput)),
    );
    refresh();
    return { id: made.id };
  });

/** Changes a campaign's plan, unless somebody else has meanwhile. */
export const change = memberAction
  .inputSchema(form(CampaignEdit))
  .stateAction(async ({ parsedInput, ctx: { member } }) => {
    const { id, version, cost_currency: _, ...sets } = parsedInput;
    await asUser(member.claims, (tx) =>
      changeCampaign(tx, member.workspace.id, id, {
        ...sets,
        expected_version: version,
      }),
    );
    refresh();
  });

/** Takes over what would fit. */
export const takeFit = memberAction
  .inputSchema(form(CampaignFit))
  .stateAction(async ({ parsedInput, ctx: { member } }) => {
    const { id, version, later_days: days, ...sets } = parsedInput;
    await asUser(member.claims, async (tx) => {
      const planned = days === undefined ? null : await readCampaign(tx, member.workspace.id, id);
      const moved =
        planned === null || days === undefined
          ? {}
          : { starts_at: later(planned.starts_at, days), ends_at: later(planned.ends_at, days) };
      await changeCampaign(tx, member.workspace.id, id, { ...sets, ...moved, expected_version: version });
    });
    refresh();
  });

/** Schedules, starts, ends or cancels a campaign, or takes it back to a draft. */
export const move = memberAction
  .inputSchema(form(CampaignStep))
  .stateAction(async ({ parsedInput: { id, version, status, reason }, ctx: { member } }) => {
    await asUser(member.claims, (tx) =>
      moveCampaign(tx, member.workspace.id, id, { status, reason, expected_version: version }),
    );
    refresh();
  });

/** Makes a draft or template like a campaign. */
export const duplicate = memberAction
  .inputSchema(form(CampaignCopyForm))
  .stateAction(async ({ parsedInput: { id, name, starts_at, template }, ctx: { member } }) => {
    await asUser(member.claims, (tx) =>
      duplicateCampaign(tx, member.workspace.id, id, { name, slug: slugOf(name), starts_at, template }),
    );
    refresh();
  });

/** Deletes a draft or template. */
export const remove = memberAction
  .inputSchema(form(CampaignRemoval))
  .stateAction(async ({ parsedInput: { id, version }, ctx: { member } }) => {
    await asUser(member.claims, (tx) => deleteCampaign(tx, member.workspace.id, id, version));
    refresh();
  });

/** Adds a task, or changes one. */
export const saveTask = memberAction
  .inputSchema(form(TaskForm))
  .stateAction(async ({ parsedInput: { campaign, owner, ...sets }, ctx: { member } }) => {
    await asUser(member.claims, (tx) =>
      setTask(tx, member.workspace.id, campaign, { ...sets, owner_id: owner }),
    );
    refresh();
  });

/** Makes drafts of the rows of a file, and names those that are none. */
export const importRows = memberAction
  .inputSchema(form(ImportForm))
  .stateAction(async ({ parsedInput: { csv }, ctx: { member } }) => {
    const parsed = parseCampaigns(csv);
    if ("problem" in parsed)
      throw new AppError("invalid_input", parsed.problem, { details: { field: "csv" } });
    const made = await asUser(member.claims, (tx) => importCampaigns(tx, member.workspace.id, parsed.plans));
    refresh();
    return { made, refusals: parsed.refusals };
  });
