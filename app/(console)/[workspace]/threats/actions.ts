"use server";

import { refresh } from "next/cache";
import { form, memberAction } from "#lib/action.ts";
import { asUser } from "#lib/db/as-user.ts";
import type { Tx } from "#lib/db/service.ts";
import { block, liftBlock, restoreBlock } from "#lib/threats/block-changes.ts";
import { importBlocks } from "#lib/threats/block-import.ts";
import {
  BlockId,
  BlockInput,
  ImportInput,
  ImportPreview,
  PatternBlock,
  ProtectionEnd,
  ProtectionInput,
  RuleDraft,
  RuleInput,
  SnoozeInput,
} from "#lib/threats/forms.ts";
import { blockPattern } from "#lib/threats/patterns.ts";
import { endProtection, protectPayments } from "#lib/threats/protections.ts";
import { backtestRule, changeThreatRule } from "#lib/threats/rule-changes.ts";
import { endSnooze, snoozeThreat } from "#lib/threats/snoozes.ts";
import type { Member } from "#lib/workspace/session.ts";

/** Runs a verb as the member, then renders the page anew. */
async function run<T>(member: Member, verb: (tx: Tx, workspaceId: string) => Promise<T>): Promise<T> {
  const result = await asUser(member.claims, (tx) => verb(tx, member.workspace.id));
  refresh();
  return result;
}

export const add = memberAction
  .inputSchema(form(BlockInput))
  .stateAction(({ parsedInput, ctx }) => run(ctx.member, (tx, id) => block(tx, id, parsedInput)));

export const lift = memberAction
  .inputSchema(form(BlockId))
  .stateAction(({ parsedInput, ctx }) => run(ctx.member, (tx, id) => liftBlock(tx, id, parsedInput.id)));

export const restore = memberAction
  .inputSchema(form(BlockId))
  .stateAction(({ parsedInput, ctx }) => run(ctx.member, (tx, id) => restoreBlock(tx, id, parsedInput.id)));

export const previewImport = memberAction
  .inputSchema(form(ImportPreview))
  .stateAction(({ parsedInput, ctx: { member } }) =>
    asUser(member.claims, (tx) =>
      importBlocks(tx, member.workspace.id, { rows: parsedInput.csv, reason: "Preview", preview: true }),
    ),
  );

export const takeImport = memberAction
  .inputSchema(form(ImportInput))
  .stateAction(({ parsedInput: { csv: rows, reason }, ctx }) =>
    run(ctx.member, (tx, id) => importBlocks(tx, id, { rows, reason, preview: false })),
  );

export const blockAll = memberAction
  .inputSchema(form(PatternBlock))
  .stateAction(({ parsedInput, ctx }) => run(ctx.member, (tx, id) => blockPattern(tx, id, parsedInput)));

export const protect = memberAction
  .inputSchema(form(ProtectionInput))
  .stateAction(({ parsedInput, ctx }) => run(ctx.member, (tx, id) => protectPayments(tx, id, parsedInput)));

export const unprotect = memberAction
  .inputSchema(form(ProtectionEnd))
  .stateAction(({ parsedInput, ctx }) => run(ctx.member, (tx, id) => endProtection(tx, id, parsedInput)));

export const backtest = memberAction
  .inputSchema(form(RuleDraft))
  .stateAction(({ parsedInput, ctx: { member } }) =>
    asUser(member.claims, (tx) => backtestRule(tx, member.workspace.id, parsedInput)),
  );

export const changeRule = memberAction
  .inputSchema(form(RuleInput))
  .stateAction(({ parsedInput, ctx }) => run(ctx.member, (tx, id) => changeThreatRule(tx, id, parsedInput)));

export const snooze = memberAction
  .inputSchema(form(SnoozeInput))
  .stateAction(({ parsedInput, ctx }) => run(ctx.member, (tx, id) => snoozeThreat(tx, id, parsedInput)));

export const wake = memberAction
  .inputSchema(form(BlockId))
  .stateAction(({ parsedInput, ctx }) => run(ctx.member, (tx, id) => endSnooze(tx, id, parsedInput.id)));
