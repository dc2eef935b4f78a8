import { z } from "zod";
import { TICKET_STATES } from "../queue/vocabulary.ts";
import { COUNTRY_CODES } from "./country-codes.ts";
import { isCurrency } from "./currencies.ts";
import { OPEN_PHASES, OPERATIONS, PHASES, REASONS, RESERVATION_STATES } from "./vocabulary.ts";

/** The launch engine's shapes: each parses a request, types it and documents it. Portable: only zod and relative imports. */

export const CountryCode = z
  .enum(COUNTRY_CODES, { error: "An ISO 3166-1 alpha-2 code in capitals, such as PL, GR or GB" })
  .meta({
    id: "CountryCode",
    description: "ISO 3166-1 alpha-2, upper case. Greece is GR, the United Kingdom GB.",
  });
export const Operation = z.enum(OPERATIONS).meta({ id: "Operation", description: "What the cap counts." });
const Phase = z.enum(PHASES).meta({ id: "Phase" });
export const Currency = z
  .string()
  .refine(isCurrency, { error: "An active ISO 4217 code in capitals, such as EUR" })
  .meta({ id: "Currency", description: "ISO 4217", examples: ["EUR"] });
const Time = z.iso.datetime().meta({ description: "RFC 3339, UTC" });

export const Amount = z
  .strictObject({
    minor: z
      .int()
      .min(0)
      .max(9_007_199_254_740_991)
      .meta({ description: "Integer minor units: 499 is €4.99" }),
    currency: Currency,
  })
  .meta({ id: "Amount" });
export type Amount = z.infer<typeof Amount>;

/** Text that Postgres can keep: it has no place for a NUL. */
const storable = (text: string) => !text.includes("\0");
const NO_NUL = { error: "No NUL characters" };
const Label = z.string().min(1).max(200).refine(storable, NO_NUL);

/** A campaign's short name. */
const CampaignSlug = z
  .string()
  .min(2)
  .max(128)
  .regex(/^[a-z0-9](?:-?[a-z0-9]){1,63}$/, "Small letters, digits and single hyphens, from 2 letters on");

/** One question: may this happen? */
export const CapCheck = z
  .strictObject({
    country: CountryCode,
    operation: Operation,
    units: z.int().min(1).max(1_000_000).default(1),
    subject: Label.optional().meta({ description: "Who it is about, in the caller's own terms" }),
    device: Label.optional(),
    ip: z.union([z.ipv4(), z.ipv6()]).optional(),
    amount: Amount.optional(),
    hold_seconds: z
      .int()
      .min(1)
      .max(3600)
      .optional()
      .meta({ description: "Hold the units until commit, release or this lease's end" }),
    queue: z
      .boolean()
      .optional()
      .meta({ description: "Take a ticket of the onboarding queue where the door is closed for a while" }),
    campaign: CampaignSlug.optional().meta({
      description:
        "The short name of the campaign it comes from. While that is live and keeps units of this country's user cap for itself, they are taken first. Any other name changes nothing.",
    }),
  })
  .meta({ id: "CapCheck" });
export type CapCheck = z.infer<typeof CapCheck>;

export const IdempotencyKey = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/, "Printable ASCII");

export const CapCheckBatch = z
  .strictObject({
    checks: z
      .array(CapCheck.extend({ idempotency_key: IdempotencyKey }))
      .min(1)
      .max(1000),
  })
  .meta({ id: "CapCheckBatch" });

/** Where somebody stands in the onboarding queue. */
export const QueuePlace = z
  .object({
    token: z.string().meta({ description: "Names the ticket. Signed: keep it with the person who waits" }),
    state: z.enum(TICKET_STATES),
    place: z.int().nullable().meta({ description: "1 is next; null once it no longer waits" }),
    estimated_at: Time.nullable().meta({ description: "When its turn is expected, if anybody can say" }),
    poll_after_seconds: z.int().meta({ description: "When to look again" }),
    page: z.url().meta({ description: "The hosted waiting page: send the person there" }),
  })
  .meta({ id: "QueuePlace" });
export type QueuePlace = z.infer<typeof QueuePlace>;

/** The recorded answer. */
export const CapAnswer = z
  .object({
    id: z.uuid(),
    allowed: z.boolean(),
    reason: z.enum(REASONS),
    country: CountryCode,
    operation: Operation,
    units: z.int(),
    cap: z.int().nullable().meta({ description: "null: counted, not capped" }),
    remaining: z.int().nullable(),
    resets_at: Time.nullable().meta({ description: "The next local midnight of the country" }),
    retry_after: Time.nullable().meta({ description: "When asking again may be granted, if that is known" }),
    policy_version: z.int().nullable(),
    throttle_level: z.int().min(0).max(3),
    decided_at: Time,
    reservation: z.object({ expires_at: Time }).optional(),
    ticket: QueuePlace.optional().meta({ description: "With the reason queued, where `queue` was asked" }),
    shadow: z
      .object({ allowed: z.literal(false), reason: z.enum(REASONS) })
      .optional()
      .meta({ description: "With caps not enforced: the answer that would have been given" }),
  })
  .meta({ id: "CapAnswer" });
export type CapAnswer = z.infer<typeof CapAnswer>;

export const Settlement = z
  .object({ id: z.uuid(), state: z.enum(RESERVATION_STATES), settled_at: Time })
  .meta({ id: "Settlement" });
export type Settlement = z.infer<typeof Settlement>;

/** A cap check as kept, with what became of its reservation and a sentence that explains it. */
export const Receipt = CapAnswer.omit({ ticket: true })
  .extend({
    idempotency_key: z.string(),
    campaign: z.string().nullable(),
    subject: z.string().nullable(),
    device: z.string().nullable(),
    ip: z.string().nullable(),
    amount: Amount.nullable(),
    day: z.string().nullable().meta({ description: "The local day it was counted in" }),
    state: z.enum(RESERVATION_STATES).nullable(),
    settled_at: Time.nullable(),
    explanation: z.string(),
  })
  .meta({ id: "Receipt" });
export type Receipt = z.infer<typeof Receipt>;

const Gate = z
  .object({
    operation: Operation,
    cap: z.int(),
    used: z.int(),
    held: z.int(),
    kept: z.int().meta({ description: "What live campaigns still have to themselves of the day's cap" }),
    remaining: z.int().meta({ description: "What is open to all: cap less used less kept" }),
    amount_cap: Amount.nullable(),
    amount_used_minor: z.int(),
  })
  .meta({ id: "Gate" });

export const Country = z
  .object({
    code: CountryCode,
    phase: Phase,
    phase_since: Time,
    pause_reason: z.string().nullable(),
    time_zone: z.string(),
    policy_version: z.int(),
    day: z.string(),
    resets_at: Time,
    gates: z.array(Gate),
  })
  .meta({ id: "Country" });
export type Country = z.infer<typeof Country>;

const Units = z.int().min(0).max(100_000_000);
const Reason = z.string().trim().min(1).max(500).refine(storable, NO_NUL);
const ExpectedVersion = z
  .int()
  .min(1)
  .optional()
  .meta({ description: "Refuse with 409 unless this is the country's policy_version" });

/** Caps that are left out stay as they are, or take the phase's defaults on activation. `amount: null` removes the amount cap. */
export const CapsInput = z
  .strictObject({
    user: Units.optional(),
    payment: Units.optional(),
    creator: Units.optional(),
    amount: Amount.nullable().optional(),
  })
  .meta({ id: "CapsInput" });
export type CapsInput = z.infer<typeof CapsInput>;

export const ActivateInput = z
  .strictObject({
    phase: z.enum(OPEN_PHASES),
    caps: CapsInput.default({}),
    reason: Reason.optional(),
    expected_version: ExpectedVersion,
  })
  .meta({ id: "ActivateInput" });
export const AdvanceInput = z
  .strictObject({
    phase: z.enum(OPEN_PHASES),
    reason: Reason.optional(),
    raise_caps: z.boolean().default(true),
    expected_version: ExpectedVersion,
  })
  .meta({ id: "AdvanceInput" });
export const PauseInput = z.strictObject({ reason: Reason }).meta({ id: "PauseInput" });
export const ResumeInput = z
  .strictObject({
    phase: z.enum(OPEN_PHASES).optional(),
    reason: Reason.optional(),
    expected_version: ExpectedVersion,
  })
  .meta({ id: "ResumeInput" });
export const ChangeCapsInput = z
  .strictObject({ caps: CapsInput, reason: Reason.optional(), expected_version: ExpectedVersion })
  .meta({ id: "ChangeCapsInput" });
export const TimeZoneInput = z
  .strictObject({
    time_zone: z.string().min(1).max(64).refine(storable, NO_NUL),
    reason: Reason.optional(),
    expected_version: ExpectedVersion,
  })
  .meta({ id: "TimeZoneInput" });
export const ListCountriesInput = z
  .strictObject({ countries: z.array(CountryCode).min(1).max(249) })
  .meta({ id: "ListCountriesInput" });
export type ActivateInput = z.infer<typeof ActivateInput>;
export type AdvanceInput = z.infer<typeof AdvanceInput>;
export type ResumeInput = z.infer<typeof ResumeInput>;
export type ChangeCapsInput = z.infer<typeof ChangeCapsInput>;
export type TimeZoneInput = z.infer<typeof TimeZoneInput>;

export const Throttle = z
  .object({
    level: z.int().min(0).max(3),
    level_since: Time.nullable(),
    forced_until: Time.nullable(),
    yields_from: z.record(Operation, z.int()),
  })
  .meta({ id: "Throttle" });

export const ThrottleWithMeasurements = Throttle.extend({
  measurements: z
    .array(
      z.object({
        name: z.string(),
        value: z.number().nullable().describe("Null: never measured."),
        limit: z.number().nullable().describe("The limit in force. Null: nothing is limited."),
        level: z.int().min(0).max(3).describe("The level this measurement asks for."),
        measured_at: Time.nullable(),
        stale: z.boolean().describe("Measured more than five minutes ago: it holds the level it had."),
      }),
    )
    .describe("Of each limit that is on, by name."),
}).meta({ id: "ThrottleWithMeasurements" });

export const CapCheckId = z.object({ id: z.uuid() });
export const CountryParams = z.object({ code: CountryCode });
