import { z } from "zod";
import { type CurrencyCode, MINOR_DIGITS } from "../launch/currencies.ts";
import { CountryCode, Currency } from "../launch/schema.ts";
import {
  CAMPAIGN_SHAPES,
  INSTALL_DAYS,
  LATER_DAYS,
  MOST_INSTALL_DAYS,
  MOST_KEPT,
  MOST_LATER_DAYS,
} from "./vocabulary.ts";

/** What the forms of the campaigns' pages send. Portable: only zod and relative imports. */

const Name = z.string("Enter a name.").trim().min(1, "Enter a name.").max(120, "Use at most 120 characters.");
const Count = z.coerce
  .number("A number")
  .int("A whole number")
  .min(0, "0 or more")
  .max(1_000_000_000, "Too many");
const SubQuota = z.coerce
  .number("A number")
  .int("A whole number")
  .min(1, "1 or more; leave it blank for none")
  .max(MOST_KEPT, "Too many");
const days = (most: number, usual: number) =>
  z.coerce
    .number("A number")
    .int("A whole number")
    .min(1, "1 or more")
    .max(most, `At most ${most}`)
    .default(usual);
const Version = z.coerce.number().int().min(1);
const Reason = z.string().trim().max(500, "Use at most 500 characters.").optional();

const Plan = z.object({
  name: Name,
  influencer: z.string().trim().max(120, "Use at most 120 characters.").optional(),
  country: CountryCode,
  starts_at: z.iso.datetime("Choose when it starts."),
  ends_at: z.iso.datetime("Choose when it ends."),
  followers: Count.optional(),
  traffic_forecast: Count.optional(),
  expected_installs: Count.optional(),
  creator_inflow: Count.optional(),
  shape: z.enum(CAMPAIGN_SHAPES).default("spike"),
  sub_quota: SubQuota.optional(),
  install_window_days: days(MOST_INSTALL_DAYS, INSTALL_DAYS),
  later_window_days: days(MOST_LATER_DAYS, LATER_DAYS),
  cost: z.coerce.number("A number").min(0, "0 or more").max(1e12, "Too much").optional(),
  cost_currency: Currency.optional(),
});

type Costly = { cost?: number | undefined; cost_currency?: CurrencyCode | undefined };

function costOf({
  cost,
  cost_currency: currency,
}: Costly): { minor: number; currency: CurrencyCode } | undefined {
  if (cost === undefined || currency === undefined) return undefined;
  return { minor: Math.round(cost * 10 ** MINOR_DIGITS[currency]), currency };
}

/** A campaign as its form sends it, its cost in minor units. */
export const CampaignForm = Plan.transform((plan) => ({ ...plan, cost: costOf(plan) }));
export type CampaignForm = z.infer<typeof CampaignForm>;

export const CampaignEdit = Plan.extend({ id: z.uuid(), version: Version }).transform((plan) => ({
  ...plan,
  cost: costOf(plan) ?? null,
  sub_quota: plan.sub_quota ?? null,
}));

/** What of the plan would fit, taken over by one button. */
export const CampaignFit = z.object({
  id: z.uuid(),
  version: Version,
  shape: z.enum(CAMPAIGN_SHAPES).optional(),
  later_days: z.coerce.number().int().min(1).max(14).optional(),
  expected_installs: Count.optional(),
  sub_quota: SubQuota.optional(),
});

export const CampaignStep = z.object({
  id: z.uuid(),
  version: Version,
  status: z.enum(["draft", "scheduled", "live", "ended", "cancelled"]),
  reason: Reason,
});

export const CampaignCopyForm = z.object({
  id: z.uuid(),
  name: Name,
  starts_at: z.iso.datetime("Choose when it starts."),
  template: z
    .string()
    .optional()
    .transform((text) => text !== undefined),
});
export const CampaignRemoval = z.object({ id: z.uuid(), version: Version });

export const TaskForm = z.object({
  campaign: z.uuid(),
  id: z.uuid().optional(),
  title: z.string().trim().max(200, "Use at most 200 characters.").optional(),
  due_at: z.iso.datetime("Choose until when.").optional(),
  owner: z.uuid().optional(),
  done: z
    .enum(["true", "false"])
    .optional()
    .transform((text) => (text === undefined ? undefined : text === "true")),
});

export const ImportForm = z.object({
  csv: z
    .string("Paste the rows or choose a file.")
    .min(1, "Paste the rows or choose a file.")
    .max(500_000, "Too long."),
});
