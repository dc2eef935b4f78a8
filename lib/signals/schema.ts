import { z } from "zod";
import { Amount, CountryCode } from "../launch/schema.ts";
import { BLOCK_KINDS } from "../threats/vocabulary.ts";
import { EVENT_TYPES, type EventType, MOST_REPORTS } from "./vocabulary.ts";

/** The shapes of what products report: each parses, types and documents. Portable: only zod and relative imports. */

/** Text as CloudEvents has it: no control characters and no half of a surrogate pair. Postgres can keep all of it. */
const text = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\p{Cs}]+$/u, "No control characters");
const Label = text(200);
const Instant = z.iso.datetime({ offset: true, error: "An RFC 3339 time, such as 2026-11-24T06:30:00Z" });

/** What an event says happened. Fields of your own are kept with it: 4,096 characters of JSON at most. */
export const EventData = z
  .looseObject({
    country: CountryCode.optional(),
    device: Label.optional(),
    ip: z.union([z.ipv4(), z.ipv6()]).optional(),
    amount: Amount.optional().meta({ description: "Needed for a purchase or a chargeback" }),
    value: z.union([z.number(), Label]).optional().meta({
      description:
        "Needed for churn.risk_reported (0 to 1), store.rated (1 to 5), and a block: the device, account or IP range",
    }),
    purchase: text(255).optional().meta({
      description:
        "With purchase.charged_back: the id of the purchase.completed event that it takes back. Without it, the account's latest purchase of that amount.",
    }),
    kind: Label.optional().meta({ description: `Needed for a block: ${BLOCK_KINDS.join(", ")}` }),
    until: Label.optional().meta({ description: "When a block ends, as an RFC 3339 time" }),
    campaign: Label.optional().meta({ description: "Needed for campaign.touched: a campaign's slug or id" }),
    link: Label.optional().meta({ description: "With campaign.touched: the slug of a tracked link" }),
    click_id: Label.optional().meta({
      description: "The gty_click that somebody came with: the event belongs to that click of a tracked link",
    }),
  })
  .meta({ id: "EventData" });
export type EventData = z.infer<typeof EventData>;

const Purchase = EventData.extend({ amount: Amount });
const Block = EventData.extend({ kind: z.enum(BLOCK_KINDS), value: Label, until: Instant.optional() });

/** The data of types that need more than EventData says. */
export const DATA_OF: { [T in EventType]?: z.ZodType<EventData> } = {
  "purchase.completed": Purchase,
  "purchase.charged_back": Purchase,
  "churn.risk_reported": EventData.extend({ value: z.number().min(0).max(1) }),
  "store.rated": EventData.extend({ value: z.number().min(1).max(5) }),
  "campaign.touched": EventData.extend({ campaign: Label }),
  "blocklist.added": Block,
  "blocklist.removed": Block,
};

/** CloudEvents' own attributes. Extension attributes are let through and not kept. */
export const EventAttributes = z.object({
  specversion: z.literal("1.0"),
  id: text(255).meta({ description: "With source it names the event: seen again, it is a duplicate" }),
  source: text(500).meta({ description: "A URI-reference: what reports", examples: ["/shop/checkout"] }),
  type: text(200).meta({
    description: `One of ours, bare or under a reverse-DNS prefix (com.example.purchase.completed): ${EVENT_TYPES.join(", ")}. An event of another type is counted and not kept.`,
  }),
  time: Instant.optional().meta({
    description: "When it happened; without it, when it arrives. At most 5 minutes ahead and 30 days back.",
  }),
  subject: Label.optional().meta({ description: "The account it is about, in your own terms" }),
  datacontenttype: z
    .string()
    .regex(/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i, "JSON, such as application/json")
    .optional(),
});

/** One CloudEvent 1.0. */
export const CloudEvent = EventAttributes.extend({ data: EventData.optional() }).meta({ id: "CloudEvent" });
export type CloudEvent = z.infer<typeof CloudEvent>;

export const CloudEventBatch = z.array(CloudEvent).max(MOST_REPORTS).meta({ id: "CloudEventBatch" });

/** What became of the events of a request. */
export const EventReport = z
  .object({
    accepted: z.int(),
    duplicates: z.int().meta({ description: "Seen before by source and id" }),
    unknown: z.int().meta({ description: "Of a type that is not ours: counted, not kept" }),
    rejected: z.array(
      z.object({
        index: z.int().meta({ description: "The event's place in the batch, from 0" }),
        errors: z.array(z.object({ path: z.string(), message: z.string() })),
      }),
    ),
  })
  .meta({ id: "EventReport" });
export type EventReport = z.infer<typeof EventReport>;

const Measurement = z
  .strictObject({
    name: z
      .string()
      .max(100)
      .regex(
        /^[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*$/,
        "Small letters, digits, underscores and dots, such as webrtc_sessions",
      ),
    value: z.number(),
    at: Instant.optional().meta({
      description: "When it was so; without it, when it arrives. At most a minute ahead and 30 days back.",
    }),
  })
  .meta({ id: "Measurement" });

export const MeasurementsInput = z
  .strictObject({ measurements: z.array(Measurement).min(1).max(MOST_REPORTS) })
  .meta({ id: "MeasurementsInput" });
export type MeasurementsInput = z.infer<typeof MeasurementsInput>;

export const MeasurementReport = z
  .object({
    accepted: z.int().meta({ description: "Rows made or changed: the same name and time twice is one" }),
  })
  .meta({ id: "MeasurementReport" });
export type MeasurementReport = z.infer<typeof MeasurementReport>;

export const SubjectParams = z.object({ subject: Label.meta({ examples: ["account-42"] }) });

/** Where a subject is, by what was reported of it. */
export const SubjectCountry = z
  .object({
    subject: z.string(),
    country: CountryCode,
    reported_at: z.iso
      .datetime()
      .meta({ description: "When an event last told so, to the hour: a subject that stays is noted hourly" }),
  })
  .meta({ id: "SubjectCountry" });
export type SubjectCountry = z.infer<typeof SubjectCountry>;
