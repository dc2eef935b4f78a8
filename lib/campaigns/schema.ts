import { z } from "zod";

import { CountryCode, Currency } from "../launch/schema.ts";
import {
  CAMPAIGN_SHAPES,
  CAMPAIGN_STATUSES,
  INSTALL_DAYS,
  LATER_DAYS,
  MOST_INSTALL_DAYS,
  MOST_KEPT,
  MOST_LATER_DAYS,
} from "./vocabulary.ts";

/** Campaigns as routes take and answer them, and as forms send them. Portable: only zod and relative imports. */

const MOST = 1_000_000_000;
const Count = z.int().min(0).max(MOST);
const Name = z.string("Enter a name.").trim().min(1, "Enter a name.").max(120, "Use at most 120 characters.");
const Slug = z
  .string("Enter a short name.")
  .regex(
    /^[a-z0-9](-?[a-z0-9]){1,63}$/,
    "Use lower-case letters, digits and single hyphens, such as spring-anna.",
  );
const Reason = z.string().trim().min(1).max(500);
/** Days of 24 hours between a touch and what still belongs to it. */
const InstallWindow = z.int().min(1).max(MOST_INSTALL_DAYS);
const SubQuota = z.int().min(1).max(MOST_KEPT);
const LaterWindow = z.int().min(1).max(MOST_LATER_DAYS);
const Cost = z.strictObject({ minor: z.int().min(0).max(Number.MAX_SAFE_INTEGER), currency: Currency });

export const CampaignId = z.object({ id: z.uuid() });

export const CampaignInput = z
  .strictObject({
    name: Name,
    slug: Slug,
    country: CountryCode,
    starts_at: z.iso.datetime(),
    ends_at: z.iso.datetime(),
    influencer: z.string().trim().max(120).optional(),
    followers: Count.optional(),
    traffic_forecast: Count.optional().meta({ description: "Clicks. Left out: a tenth of the followers" }),
    expected_installs: Count.optional().meta({ description: "Left out: two in a hundred followers" }),
    creator_inflow: Count.optional().meta({ description: "Left out: one in a thousand followers" }),
    cost: Cost.optional(),
    shape: z.enum(CAMPAIGN_SHAPES).default("spike").meta({ description: "A spike halves every six hours" }),
    template: z.boolean().default(false),
    sub_quota: SubQuota.optional().meta({
      description: "Users of the country's cap that it has to itself each local day while it is live",
    }),
    install_window_days: InstallWindow.default(INSTALL_DAYS).meta({
      description: "An install belongs to the last touch of so many days",
    }),
    later_window_days: LaterWindow.default(LATER_DAYS).meta({
      description: "A registration, creator or purchase belongs to the last touch of so many days",
    }),
  })
  .meta({ id: "CampaignInput" });
export type CampaignInput = z.infer<typeof CampaignInput>;

export const CampaignChange = z
  .strictObject({
    name: Name.optional(),
    country: CountryCode.optional(),
    starts_at: z.iso.datetime().optional(),
    ends_at: z.iso.datetime().optional(),
    influencer: z.string().trim().max(120).optional(),
    followers: Count.optional(),
    traffic_forecast: Count.optional(),
    expected_installs: Count.optional(),
    creator_inflow: Count.optional(),
    cost: Cost.nullable().optional(),
    shape: z.enum(CAMPAIGN_SHAPES).optional(),
    sub_quota: SubQuota.nullable().optional().meta({ description: "null: none" }),
    install_window_days: InstallWindow.optional().meta({
      description: "Holds for what is attributed from then on",
    }),
    later_window_days: LaterWindow.optional(),
    expected_version: z.int().min(1).optional(),
  })
  .meta({ id: "CampaignChange" });
export type CampaignChange = z.infer<typeof CampaignChange>;

export const CampaignMove = z
  .strictObject({
    reason: Reason.optional().meta({
      description: "Needed to cancel, and to go ahead with what does not fit",
    }),
    expected_version: z.int().min(1).optional(),
  })
  .meta({ id: "CampaignMove" });

export const CampaignCopy = z
  .strictObject({ name: Name, slug: Slug, starts_at: z.iso.datetime(), template: z.boolean().default(false) })
  .meta({ id: "CampaignCopy" });

export const Campaign = z
  .object({
    id: z.uuid(),
    name: z.string(),
    slug: z.string(),
    influencer: z.string().nullable(),
    followers: z.int().nullable(),
    country: CountryCode,
    starts_at: z.iso.datetime(),
    ends_at: z.iso.datetime(),
    status: z.enum(CAMPAIGN_STATUSES),
    traffic_forecast: z.int(),
    expected_installs: z.int(),
    creator_inflow: z.int(),
    cost: z.object({ minor: z.int(), currency: z.string() }).nullable(),
    shape: z.enum(CAMPAIGN_SHAPES),
    template: z.boolean(),
    sub_quota: z.int().nullable(),
    install_window_days: z.int(),
    later_window_days: z.int(),
    version: z.int(),
  })
  .meta({ id: "Campaign" });
export type Campaign = z.infer<typeof Campaign>;

export const CampaignCheck = z
  .object({
    verdict: z.enum(["fits", "conflict"]),
    phase: z.string(),
    throttle_level: z.int(),
    base_known: z
      .boolean()
      .describe("Whether the country's own demand could be forecast; else only campaigns count."),
    days: z.array(
      z.object({
        day: z.iso.date(),
        cap: z.int().nullable(),
        base: z.number().nullable(),
        others: z.number(),
        room: z.number(),
      }),
    ),
    overrun: z.array(z.object({ day: z.iso.date(), expected: z.int(), room: z.int() })),
    fits: z
      .object({
        even: z.boolean().describe("Spread evenly it would fit."),
        later_days: z.int().nullable().describe("The first later start within two weeks that would fit."),
        sub_quota: z
          .int()
          .nullable()
          .describe("The sub-quota with which it would fit; null: no sub-quota helps."),
        installs: z.number().describe("The most installs that would fit."),
      })
      .nullable(),
  })
  .meta({ id: "CampaignCheck" });
export type CampaignCheck = z.infer<typeof CampaignCheck>;

export const CampaignQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50).meta({ description: "Rows of a page" }),
  cursor: z.uuid().optional().meta({ description: "next_cursor of the page before" }),
  status: z.enum(CAMPAIGN_STATUSES).optional(),
  country: CountryCode.optional(),
  template: z.stringbool().default(false).meta({ description: "Templates instead of campaigns" }),
});
export type CampaignQuery = z.infer<typeof CampaignQuery>;
