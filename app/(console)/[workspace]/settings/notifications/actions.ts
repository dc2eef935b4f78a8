"use server";

import { refresh } from "next/cache";
import { form, memberAction } from "#lib/action.ts";
import { asUser } from "#lib/db/as-user.ts";
import type { Tx } from "#lib/db/service.ts";
import {
  changeChannel,
  createChannel,
  deleteChannel,
  requireTarget,
  rotateChannelSecret,
  switchChannel,
} from "#lib/delivery/channels.ts";
import { replayDelivery, replayFailedDeliveries, testChannel } from "#lib/delivery/deliveries.ts";
import {
  ChannelChange,
  ChannelId,
  ChannelSwitch,
  DeliveryId,
  FailedSince,
  NewChannel,
  SecretRotation,
} from "#lib/delivery/schema.ts";
import type { Member } from "#lib/workspace/session.ts";

/** Runs a verb as the member, then renders the page anew. */
async function run<T>(member: Member, verb: (tx: Tx, workspaceId: string) => Promise<T>): Promise<T> {
  const result = await asUser(member.claims, (tx) => verb(tx, member.workspace.id));
  refresh();
  return result;
}

/** Names are looked up only for who may manage channels; the database refuses the others. */
async function checkFor(member: Member, channel: NewChannel | ChannelChange): Promise<void> {
  if (member.permissions.includes("notifications.manage")) await requireTarget(channel);
}

/** Makes a channel and answers with a webhook's signing secret: the one time it can be read. */
export const create = memberAction
  .inputSchema(form(NewChannel))
  .stateAction(async ({ parsedInput, ctx: { member } }) => {
    await checkFor(member, parsedInput);
    const secret = await run(member, (tx, id) => createChannel(tx, id, parsedInput));
    return secret === null ? undefined : { secret };
  });

export const change = memberAction
  .inputSchema(form(ChannelChange))
  .stateAction(async ({ parsedInput, ctx: { member } }) => {
    await checkFor(member, parsedInput);
    await run(member, (tx, id) => changeChannel(tx, id, parsedInput));
  });

/** Replaces a webhook's signing secret and answers with the new one; the old one signs on for the overlap. */
export const rotate = memberAction
  .inputSchema(form(SecretRotation))
  .stateAction(async ({ parsedInput: { id, overlap }, ctx: { member } }) => ({
    secret: await run(member, (tx, workspaceId) => rotateChannelSecret(tx, workspaceId, id, overlap)),
  }));

export const toggle = memberAction
  .inputSchema(form(ChannelSwitch))
  .stateAction(({ parsedInput: { id, enabled }, ctx }) =>
    run(ctx.member, (tx, workspaceId) => switchChannel(tx, workspaceId, id, enabled)),
  );

export const remove = memberAction
  .inputSchema(form(ChannelId))
  .stateAction(({ parsedInput: { id }, ctx }) =>
    run(ctx.member, (tx, workspaceId) => deleteChannel(tx, workspaceId, id)),
  );

/** Queues a test and answers with its delivery, in which its outcome will stand. */
export const sendTest = memberAction
  .inputSchema(form(ChannelId))
  .stateAction(async ({ parsedInput: { id }, ctx }) => ({
    delivery: await run(ctx.member, (tx, workspaceId) => testChannel(tx, workspaceId, id)),
  }));

export const sendAgain = memberAction
  .inputSchema(form(DeliveryId))
  .stateAction(({ parsedInput: { id }, ctx }) =>
    run(ctx.member, (tx, workspaceId) => replayDelivery(tx, workspaceId, id)),
  );

/** Sends a channel's dead letters again and answers with how many. */
export const sendFailedAgain = memberAction
  .inputSchema(form(FailedSince))
  .stateAction(async ({ parsedInput: { id, since }, ctx }) => ({
    count: await run(ctx.member, (tx, workspaceId) => replayFailedDeliveries(tx, workspaceId, id, since)),
  }));
