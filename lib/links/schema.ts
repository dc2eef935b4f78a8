import { z } from "zod";
import { CountryCode } from "../launch/schema.ts";
import { MOST_CLICKS } from "./vocabulary.ts";

/** The shapes of tracked links and clicks: each parses, types and documents. Portable: only zod and relative imports. */

const Time = z.iso.datetime().meta({ description: "RFC 3339, UTC" });
const NAMED_HOST = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;

/** An https address of a named host in its normal form, or null: no user name, no IP address, nothing a header or a page could stumble over. */
function normalTarget(text: string): string | null {
  const url = URL.parse(text);
  if (url === null || url.protocol !== "https:" || url.username !== "" || url.password !== "") return null;
  if (!NAMED_HOST.test(url.hostname)) return null;
  return url.href.replaceAll(/["'<>\\^`{|}]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

const Target = z
  .string()
  .trim()
  .max(2000)
  .transform((text, context) => {
    const url = normalTarget(text);
    if (url !== null && url.length <= 2000) return url;
    context.addIssue({
      code: "custom",
      message: "An https address of a named host, such as https://example.com/app",
    });
    return z.NEVER;
  })
  .meta({ description: "https only, a named host, no user name", examples: ["https://example.com/app"] });

export const Slug = z
  .string()
  .max(64)
  .regex(
    /^[a-z0-9](?:-?[a-z0-9]){2,63}$/,
    "3 to 64 small letters and digits, with single hyphens between them",
  )
  .meta({ examples: ["ania-summer"] });
const LinkLabel = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^[^\p{Cc}\p{Cs}]+$/u, "No control characters");

export const LinkFields = z.strictObject({
  label: LinkLabel.meta({
    description: "Where the link is posted, for people",
    examples: ["Story of 1 June"],
  }),
  destination: Target,
  waiting_url: Target.nullish().meta({
    description:
      "Where people are sent while the country is full, paused or throttled. Without it the link itself says so.",
  }),
});

export const LinkInput = LinkFields.extend({
  slug: Slug.optional().meta({ description: "Chosen, or drawn when left out" }),
}).meta({ id: "CampaignLinkInput" });
export type LinkInput = z.infer<typeof LinkInput>;

export const LinkChange = LinkFields.partial()
  .extend({
    slug: Slug.meta({
      description: "Which link. A slug stays what it is: what was printed keeps leading here.",
    }),
    active: z
      .boolean()
      .optional()
      .meta({ description: "false: the address says that there is no such link" }),
    expected_version: z.int().optional(),
  })
  .meta({ id: "CampaignLinkChange" });
export type LinkChange = z.infer<typeof LinkChange>;

const Count = z.int();
const Amounts = z.record(z.string(), z.int());

export const CampaignLink = z
  .object({
    id: z.uuid(),
    campaign_id: z.uuid(),
    slug: z.string(),
    url: z.url().meta({ description: "The address to post" }),
    label: z.string(),
    destination: z.string(),
    waiting_url: z.string().nullable(),
    active: z.boolean(),
    version: z.int(),
    created_at: Time,
    clicks: Count.meta({ description: "People's clicks; bots are counted apart" }),
    visitors: Count.meta({ description: "First clicks of a visitor on a day" }),
    waiting: Count.meta({ description: "Of the clicks, those that had to wait" }),
    bots: Count,
    installs: Count,
    registrations: Count,
    creators: Count,
    purchases: Count,
    chargebacks: Count.meta({ description: "Chargebacks that took something of its purchases back" }),
    revenues: Amounts.meta({
      description: "Minor units by ISO 4217 code, net of chargebacks",
      examples: [{ EUR: 4990 }],
    }),
    charged_back: Amounts.meta({ description: "What chargebacks took back, in the purchases' currencies" }),
  })
  .meta({ id: "CampaignLink" });
export type CampaignLink = z.infer<typeof CampaignLink>;

export const CampaignParams = z.object({ id: z.uuid() });

const ReportedClick = z.strictObject({
  id: z.uuidv7().meta({
    description: "A UUID of version 7. Its time is the click's, and with it the click is known once.",
  }),
  link: Slug.optional().meta({ description: "The slug of one of the campaign's links" }),
  country: CountryCode.optional(),
  user_agent: z.string().max(2000).optional().meta({ description: "Tells bots; it is not kept" }),
  bot: z.boolean().optional().meta({ description: "true: your redirect knows it was no person" }),
});

export const ClicksInput = z
  .strictObject({ clicks: z.array(ReportedClick).min(1).max(MOST_CLICKS) })
  .meta({ id: "ClicksInput" });
export type ClicksInput = z.infer<typeof ClicksInput>;

export const ClicksReport = z
  .object({
    accepted: z.int(),
    duplicates: z.int().meta({ description: "Known already by their id" }),
    rejected: z.array(
      z.object({
        index: z.int().meta({ description: "The click's place in the report, from 0" }),
        errors: z.array(z.object({ path: z.string(), message: z.string() })),
      }),
    ),
  })
  .meta({ id: "ClicksReport" });
export type ClicksReport = z.infer<typeof ClicksReport>;
