import { z } from "zod";
import { CountryCode } from "../launch/schema.ts";
import { parseBlocks } from "./block-import.ts";
import { BLOCK_KINDS, COUNTS_PER, RULE_ANSWERS, RULE_MODES, THREAT_RULES } from "./vocabulary.ts";

/** What the forms about threats send. */

const Kind = z.enum(BLOCK_KINDS);
const Rule = z.enum(THREAT_RULES);
const text = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((value) => !value.includes("\0"), { error: "No NUL characters" });
const Reason = text(500);
const Until = z.iso.datetime("Choose a time");

export const BlockInput = z.object({ kind: Kind, value: text(200), until: Until, reason: Reason });
export const BlockId = z.object({ id: z.uuid() });
export const PatternBlock = z.object({
  id: z.uuid(),
  until: Until,
  with_ips: z.literal("on").optional(),
  reason: Reason,
});
export const ProtectionInput = z.object({ country: CountryCode, until: Until, reason: Reason });
export const ProtectionEnd = z.object({ country: CountryCode, reason: Reason.optional() });
export const SnoozeInput = z.object({ rule: Rule, entity: text(200), until: Until, reason: Reason });
export const RuleDraft = z.object({
  rule: Rule,
  threshold: z.coerce.number().int().min(2).max(1_000_000),
  window_minutes: z.coerce.number().int().min(1).max(10_080),
  share: z.coerce.number().gt(0).max(1).optional(),
  counts_per: z.enum(COUNTS_PER),
});
export const RuleInput = RuleDraft.extend({
  mode: z.enum(RULE_MODES),
  answer: z.enum(RULE_ANSWERS),
  blocks: z.array(Kind).default([]),
  answer_minutes: z.coerce.number().int().min(5).max(527_040),
  expected_version: z.coerce.number().int().min(1),
  reason: Reason.optional(),
});
const Csv = z
  .string("Choose a file, or paste its lines")
  .max(900_000, "At most 900,000 characters. Split the file.")
  .transform((csv, context) => {
    const read = parseBlocks(csv.replaceAll("\0", ""));
    if ("rows" in read) return read.rows;
    context.addIssue({ code: "custom", message: read.problem });
    return z.NEVER;
  });
export const ImportPreview = z.object({ csv: Csv });
export const ImportInput = z.object({ csv: Csv, reason: Reason });
export type BlockInput = z.infer<typeof BlockInput>;
export type PatternBlock = z.infer<typeof PatternBlock>;
export type ProtectionInput = z.infer<typeof ProtectionInput>;
export type ProtectionEnd = z.infer<typeof ProtectionEnd>;
export type SnoozeInput = z.infer<typeof SnoozeInput>;
export type RuleDraft = z.infer<typeof RuleDraft>;
export type RuleInput = z.infer<typeof RuleInput>;
