import { z } from "zod";
import { CountryCode } from "../launch/schema.ts";
import { PageQuery } from "../page.ts";
import {
  ALERT_CHANGES,
  ALERT_KINDS,
  ALERT_OUTCOMES,
  ALERT_SEVERITIES,
  ALERT_STATUSES,
  PERSONS_OUTCOMES,
} from "./vocabulary.ts";

/** The shapes of alerts: each parses, types and documents. Portable: only zod and relative imports. */

const Time = z.iso.datetime().meta({ description: "RFC 3339, UTC" });
const Kind = z.enum(ALERT_KINDS).meta({ id: "AlertKind" });
const Severity = z.enum(ALERT_SEVERITIES).meta({ id: "AlertSeverity" });

export const Alert = z
  .object({
    id: z.uuid(),
    kind: Kind,
    fingerprint: z.string().meta({ description: "Names the condition: it opens one alert at a time" }),
    severity: Severity,
    title: z.string(),
    country: CountryCode.nullable(),
    subject_id: z.string().nullable(),
    evidence: z.record(z.string(), z.unknown()),
    status: z.enum(ALERT_STATUSES),
    occurrences: z.int(),
    opened_at: Time,
    last_at: Time,
    acknowledged_at: Time.nullable(),
    resolved_at: Time.nullable(),
    outcome: z.enum(ALERT_OUTCOMES).nullable(),
    note: z.string().nullable(),
    muted_until: Time.nullable(),
    version: z.int(),
  })
  .meta({ id: "Alert" });
export type Alert = z.infer<typeof Alert>;

export const AlertChange = z
  .object({
    id: z.uuid(),
    change: z.enum(ALERT_CHANGES),
    at: Time,
    actor: z.string(),
    note: z.string().nullable(),
  })
  .meta({ id: "AlertChange" });
export type AlertChange = z.infer<typeof AlertChange>;

export const AlertQuery = PageQuery.extend({
  status: z
    .enum(["unresolved", ...ALERT_STATUSES])
    .optional()
    .meta({ description: "unresolved: open or acknowledged" }),
  kind: Kind.optional(),
  severity: Severity.optional(),
  country: CountryCode.optional(),
});
export type AlertQuery = z.infer<typeof AlertQuery>;

export const AlertId = z.object({ id: z.uuid() });

const Answer = z.object({ id: z.uuid(), expected_version: z.coerce.number().int().min(1).optional() });
const Text = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .refine((text) => !text.includes("\0"), { error: "No NUL characters" });

/** What the console's forms send. */
export const AlertAnswer = Answer;
export const AlertAssignment = Answer.extend({ user_id: z.uuid().optional() });
export const AlertResolution = Answer.extend({ outcome: z.enum(PERSONS_OUTCOMES), reason: Text.optional() });
export const AlertMute = Answer.extend({ until: z.iso.datetime().optional(), reason: Text.optional() });
export type AlertAnswer = z.infer<typeof AlertAnswer>;
export type AlertAssignment = z.infer<typeof AlertAssignment>;
export type AlertResolution = z.infer<typeof AlertResolution>;
export type AlertMute = z.infer<typeof AlertMute>;
