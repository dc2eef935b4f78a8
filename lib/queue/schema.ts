import { z } from "zod";
import { CountryCode, QueuePlace } from "../launch/schema.ts";
import { QUEUED_OPERATIONS } from "./vocabulary.ts";

/** The queue's shapes. Portable: only zod and relative imports. */

const Time = z.iso.datetime().meta({ description: "RFC 3339, UTC" });

/** A ticket as its holder and the product meet it. */
export const Ticket = QueuePlace.extend({
  country: CountryCode,
  operation: z.enum(QUEUED_OPERATIONS),
  units: z.int(),
  entered_at: Time,
  claim_until: Time.nullable().meta({ description: "Until when a ready ticket can be claimed" }),
  reservation: z
    .object({ id: z.uuid(), expires_at: Time })
    .nullable()
    .meta({ description: "Once claimed: the units that are held. Commit or release them as a cap check's." }),
}).meta({ id: "Ticket" });
export type Ticket = z.infer<typeof Ticket>;

/** A token is verified by the verb: a bad one is not found, whatever is wrong with it. */
const EXAMPLE = "AZqwxF4fcDqdUm8Oi3pMEQGasMReH3w6nVJvDot6TBHQ3v0aJw4qV1xgkL9sYt2mB7cZ5eRfUoHiXnWpTjKaSg";
export const TicketParams = z.object({ token: z.string().meta({ examples: [EXAMPLE] }) });

export const ClaimInput = z
  .strictObject({
    hold_seconds: z
      .int()
      .min(1)
      .max(3600)
      .default(600)
      .meta({ description: "How long the units are held until they are committed or released" }),
  })
  .meta({ id: "ClaimInput" });

const Blank = { error: "An http or https address of at most 500 characters" };
/** A queue's settings as the console's form sends them: what is not ticked is absent. */
export const QueueInput = z.object({
  operation: z.enum(QUEUED_OPERATIONS),
  enabled: z.stringbool().default(false),
  claim_seconds: z.coerce.number().int().min(30).max(3600),
  per_minute: z.coerce.number().int().min(1).max(100_000),
  carries_over: z.stringbool().default(false),
  return_url: z
    .url({ protocol: /^https?$/, ...Blank })
    .max(500)
    .optional(),
  reason: z.string().trim().max(500).optional(),
  expected_version: z.coerce.number().int().min(0),
});
export type QueueInput = z.infer<typeof QueueInput>;

export const ClearQueueInput = z.object({
  country: CountryCode,
  operation: z.enum(QUEUED_OPERATIONS),
  reason: z.string().trim().min(1).max(500),
});
