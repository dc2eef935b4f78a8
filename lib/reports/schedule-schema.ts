import { z } from "zod";

/** Schedules of reports as routes take and answer them, and as forms send them. Portable: only zod. */

const storable = (text: string) => !text.includes("\0");
const Name = z
  .string("Give it a name.")
  .trim()
  .min(1, "Give it a name.")
  .max(80, "Use at most 80 characters.")
  .refine(storable);
const Zone = z
  .string("Enter a time zone.")
  .trim()
  .min(1, "Enter a time zone.")
  .max(64, "Use at most 64 characters.")
  .refine(storable);
const Addresses = z
  .array(z.email("This is no e-mail address."))
  .min(1, "Enter at least one address.")
  .max(20, "At most 20.");

export const ScheduleId = z.object({ id: z.uuid() });

const plan = {
  name: Name,
  day_of_month: z.int().min(1).max(28),
  hour: z.int().min(0).max(23).meta({ description: "Of the time zone's clock" }),
  time_zone: Zone.meta({ description: "An IANA name", example: "Europe/Warsaw" }),
  recipients: Addresses.meta({
    description: "Members who may read reports, and outside addresses, which are asked first",
  }),
  enabled: z.boolean(),
};

/** A new schedule. */
export const ScheduleInput = z
  .strictObject({ ...plan, enabled: plan.enabled.default(true) })
  .meta({ id: "ReportScheduleInput" });
export type ScheduleInput = z.infer<typeof ScheduleInput>;

const expected = z.int().optional().meta({ description: "Refuses when somebody has changed it meanwhile" });

/** A change of a schedule; what is left out stays. */
export const ScheduleChange = z
  .strictObject({ ...plan, expected_version: expected })
  .partial()
  .meta({ id: "ReportScheduleChange" });
export type ScheduleChange = z.infer<typeof ScheduleChange>;

export const ScheduleRemovalQuery = z.strictObject({
  expected_version: z.coerce.number().int().optional().meta({
    description: "Refuses when somebody has changed it meanwhile",
  }),
});

const typed = {
  name: Name,
  day_of_month: z.coerce.number("Choose a day.").int().min(1).max(28),
  hour: z.coerce.number("Choose an hour.").int().min(0).max(23),
  time_zone: Zone,
  recipients: z
    .string("Enter at least one address.")
    .transform((text) => text.split(/[\s,;]+/).filter((address) => address !== ""))
    .pipe(Addresses),
};

/** A schedule as its form sends it. */
export const ScheduleForm = z.object(typed);
export const ScheduleChangeForm = z.object({
  ...typed,
  id: z.uuid(),
  expected_version: z.coerce.number().int(),
});
export const ScheduleSwitch = z.object({ id: z.uuid(), enabled: z.stringbool() });

const Recipient = z
  .object({
    email: z.string(),
    kind: z.enum(["member", "other_member", "outside", "unconfirmed", "left"]).meta({
      description:
        "Only a `member` who may read reports and an `outside` address that has confirmed itself get the mail; who has `left` took themselves off",
    }),
    left_at: z.string().nullable(),
    sent_at: z.string().nullable().meta({ description: "When the last mail to them was queued" }),
    state: z.enum(["sent", "failed", "retrying", "waiting"]).nullable(),
    error: z.string().nullable(),
    test: z.boolean().nullable(),
  })
  .meta({ id: "ReportRecipient" });
/** A recipient, what they are to the workspace, and the outcome of the last letter to them. */
export type Recipient = z.infer<typeof Recipient>;

/** A schedule as it is told. */
export const Schedule = z
  .object({
    id: z.uuid(),
    name: z.string(),
    day_of_month: z.int(),
    hour: z.int(),
    time_zone: z.string(),
    enabled: z.boolean(),
    due_at: z.string().meta({ description: "When it sends next, once it is on" }),
    version: z.int(),
    recipients: z.array(Recipient),
  })
  .meta({ id: "ReportSchedule" });
export type Schedule = z.infer<typeof Schedule>;
