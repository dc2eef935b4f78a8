import { z } from "zod";
import { CountryCode } from "../launch/schema.ts";
import { OPEN_PHASES } from "../launch/vocabulary.ts";
import { CEILING_LEVELS, SEQUENCE_TEMPLATES, STEP_MODES } from "./vocabulary.ts";

/** What the forms of the sequence's page send, and what its route answers. Portable: only zod and relative imports. */

const Reason = z.string("Say why.").trim().min(1, "Say why.").max(500, "Use at most 500 characters.");
const Version = z.coerce.number().int().min(1).optional();
const isOn = (text: string | undefined) => text !== undefined;
const LocalTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "A time such as 09:30.");

export const ExtendForm = z.object({
  template: z.enum(SEQUENCE_TEMPLATES).optional(),
  countries: z.array(CountryCode).max(200).optional(),
  version: Version,
});

export const RemoveForm = z.object({ country: CountryCode, version: Version });

export const ReorderForm = z.object({ countries: z.array(CountryCode).min(1).max(250), version: Version });

export const StepForm = z
  .object({
    country: CountryCode,
    mode: z.enum(STEP_MODES),
    opens_as: z.enum(OPEN_PHASES),
    needs_checklist: z.string().optional().transform(isOn),
    window_days: z.array(z.coerce.number().int().min(1).max(7)).optional(),
    window_from: LocalTime.optional(),
    window_to: LocalTime.optional(),
    version: Version,
  })
  .superRefine(({ window_days: days = [], window_from: from, window_to: to }, context) => {
    const issue = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    const isSome = days.length > 0 || from !== undefined || to !== undefined;
    if (!isSome) return;
    if (days.length === 0) issue("window_days", "Choose the days of the window.");
    if (from === undefined) issue("window_from", "Say when it opens.");
    if (to === undefined || (from !== undefined && to <= from)) issue("window_to", "Later than it opens.");
  });

export const DependencyForm = z.object({
  country: CountryCode,
  needs_country: CountryCode,
  phase: z.enum(OPEN_PHASES).optional(),
  days: z.coerce.number("A number").int("Whole days").min(0, "0 or more").max(365, "At most 365").default(0),
  below_level: z.enum(CEILING_LEVELS).optional(),
  version: Version,
});

export const FreezeForm = z.object({
  country: CountryCode.optional(),
  until: z.iso.datetime("Choose until when."),
  reason: Reason,
});
export const ThawForm = z.object({ id: z.uuid() });

export const TickForm = z.object({
  country: CountryCode,
  item: z.uuid(),
  done: z.enum(["true", "false"]).transform((text) => text === "true"),
});

export const ChecklistForm = z.object({
  items: z
    .string("Write an item a line.")
    .transform((text) =>
      [...new Set(text.split("\n").map((line) => line.trim()))].filter((line) => line !== ""),
    )
    .pipe(
      z
        .array(z.string().max(200, "Use at most 200 characters a line."))
        .min(1, "Write an item a line.")
        .max(50, "Use at most 50 items."),
    ),
});

export const ProposeForm = z.object({ country: CountryCode, reason: Reason });
export const AnswerForm = z
  .object({
    id: z.uuid(),
    approve: z.enum(["true", "false"]).transform((text) => text === "true"),
    reason: z.string().trim().max(500, "Use at most 500 characters.").optional(),
  })
  .superRefine(({ approve, reason }, context) => {
    if (!approve && (reason ?? "") === "")
      context.addIssue({ code: "custom", path: ["reason"], message: "Say why." });
  });

/** What a country waits for; the code says which of the other fields are there. */
export const Wait = z
  .object({
    code: z.enum([
      "gate_stale",
      "gate_fail",
      "gate_inconclusive",
      "paused",
      "dependency",
      "risk",
      "no_dependency",
      "checklist",
      "frozen",
    ]),
    criteria: z.array(z.string()).optional().describe("The criteria that do not pass."),
    country: z.string().optional().describe("The country that is waited for."),
    phase: z.string().optional(),
    days: z.number().optional(),
    at: z
      .string()
      .nullable()
      .optional()
      .describe("When it will hold if nothing changes, or when the gate was last judged."),
    below: z.string().optional(),
    level: z.string().nullable().optional(),
    missing: z.number().optional().describe("Items of the checklist that are not ticked."),
    until: z.string().optional(),
    reason: z.string().nullable().optional(),
  })
  .meta({ id: "SequenceWait" });
export type Wait = z.infer<typeof Wait>;

export const SequenceEntry = z
  .object({
    country: CountryCode,
    position: z.int(),
    mode: z.enum(STEP_MODES),
    phase: z.string(),
    phase_since: z.iso.datetime(),
    next_phase: z.string().nullable().describe("Null where no move is defined."),
    waits: z.array(Wait).describe("Empty when nothing stands against the move."),
    waits_for_window: z.boolean().describe("The country's change window is closed now."),
    proposed: z.boolean().describe("A proposal waits for its answer."),
  })
  .meta({ id: "SequenceEntry" });
export type SequenceEntry = z.infer<typeof SequenceEntry>;

export const Sequence = z.object({ data: z.array(SequenceEntry) }).meta({ id: "Sequence" });
