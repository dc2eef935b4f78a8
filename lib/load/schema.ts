import { z } from "zod";
import { LIMIT_KINDS, LIMIT_SOURCES } from "./vocabulary.ts";

/** What the forms of the load page send. Portable: only zod and relative imports. */

const Reason = z.string("Say why.").trim().min(1, "Say why.").max(500, "Use at most 500 characters.");
const Name = z
  .string("Enter a name.")
  .trim()
  .regex(/^[a-z][a-z0-9_]{0,62}$/, "Use lower-case letters, digits and underscores, such as queue_depth.");
const Positive = z.coerce.number("A number").positive("More than 0").max(1e15, "Less than that");
const isOn = (text: string | undefined) => text !== undefined;

export const LimitForm = z
  .object({
    name: Name,
    source: z.enum(LIMIT_SOURCES),
    kind: z.enum(LIMIT_KINDS),
    value: Positive.optional(),
    enabled: z.string().optional().transform(isOn),
    event_type: z.string().max(80).optional(),
    event_seconds: z.coerce
      .number()
      .int("Whole seconds")
      .min(10, "10 or more")
      .max(3600, "At most 3600")
      .optional(),
    mad_factor: z.coerce.number("A number").min(0, "0 or more").max(100, "At most 100"),
    floor: Positive.optional(),
    ceiling: Positive.optional(),
    drift_percent: z.coerce.number("A number").positive("More than 0").max(100, "At most 100"),
    min_samples: z.coerce
      .number("A number")
      .int("A whole number")
      .min(1, "1 or more")
      .max(100_000, "At most 100,000"),
    reason: Reason.optional(),
    version: z.coerce.number().int().min(1).optional(),
  })
  .superRefine(({ source, event_type, event_seconds, floor, ceiling }, context) => {
    const issue = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    if (source === "events" && event_type === undefined)
      issue("event_type", "Choose which events are counted.");
    if (source === "events" && event_seconds === undefined)
      issue("event_seconds", "Say over how many seconds.");
    if (floor !== undefined && ceiling !== undefined && ceiling < floor)
      issue("ceiling", "Not below the floor.");
  });

export const LimitRemoval = z.object({ name: Name, version: z.coerce.number().int().min(1), reason: Reason });

export const SourceForm = z.object({
  name: Name,
  url: z
    .string("Enter the server's address.")
    .trim()
    .max(500)
    .regex(/^https?:\/\/[^/@\s?#][^@\s?#]*$/, "An address such as https://prometheus.example.com."),
  query: z
    .string("Enter a query.")
    .trim()
    .min(1, "Enter a query.")
    .max(2000, "Use at most 2,000 characters."),
  header_name: z
    .string()
    .trim()
    .regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/, "A header's name, such as Authorization.")
    .optional(),
  header_value: z.string().max(4000).optional(),
  enabled: z.string().optional().transform(isOn),
});

export const SourceRemoval = z.object({ name: Name });

export const OverrideForm = z.object({
  level: z.coerce.number().int().min(0).max(3),
  until: z.iso.datetime("Choose until when."),
  reason: Reason,
});

export const OverrideEnd = z.object({ reason: Reason });

export const YieldForm = z.object({
  operation: z.enum(["user", "payment", "creator"]),
  yields_from: z.coerce.number().int().min(1).max(4),
  reason: Reason.optional(),
});
