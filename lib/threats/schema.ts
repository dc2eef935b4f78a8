import { z } from "zod";
import { PageQuery } from "../page.ts";
import {
  BLOCK_KINDS,
  BLOCK_SOURCES,
  COUNTS_PER,
  RULE_ANSWERS,
  RULE_MODES,
  THREAT_RULES,
} from "./vocabulary.ts";

/** The shapes of the threat shield and the blocklist: each parses, types and documents. Portable: only zod and relative imports. */

const Time = z.iso.datetime().meta({ description: "RFC 3339, UTC" });
const Kind = z.enum(BLOCK_KINDS).meta({ id: "BlockKind" });
const Rule = z.enum(THREAT_RULES).meta({ id: "ThreatRuleName" });

export const Block = z
  .object({
    id: z.uuid(),
    kind: Kind,
    value: z.string().meta({ description: "An ip_range as its network, such as 203.0.113.0/24" }),
    reason: z.string(),
    source: z.enum(BLOCK_SOURCES),
    alert_id: z.uuid().nullable(),
    created_at: Time,
    until: Time,
    lifted_at: Time.nullable(),
    in_force: z.boolean(),
  })
  .meta({ id: "Block" });
export type Block = z.infer<typeof Block>;

export const BlockQuery = PageQuery.extend({
  kind: Kind.optional(),
  value: z
    .string()
    .min(1)
    .max(200)
    .refine((text) => !text.includes("\0"), { error: "No NUL characters" })
    .optional()
    .meta({ description: "Exactly this value, as the list keeps it" }),
  in_force: z
    .enum(["true", "false"])
    .default("false")
    .meta({ description: "true: only what is in force now; otherwise ended and lifted ones too" }),
});
export type BlockQuery = z.infer<typeof BlockQuery>;

export const ThreatRule = z
  .object({
    rule: Rule,
    mode: z.enum(RULE_MODES),
    threshold: z.int(),
    window_minutes: z.int(),
    share: z.number().nullable().meta({ description: "Chargebacks as a part of payments, above 0 to 1" }),
    counts_per: z.enum(COUNTS_PER),
    answer: z.enum(RULE_ANSWERS),
    blocks: z.array(Kind),
    answer_minutes: z.int(),
    version: z.int(),
    updated_at: Time,
    true_positives: z.int(),
    false_positives: z.int(),
    precision: z
      .number()
      .nullable()
      .meta({ description: "True positives among the alerts that people judged; null before the first" }),
  })
  .meta({ id: "ThreatRule" });
export type ThreatRule = z.infer<typeof ThreatRule>;
