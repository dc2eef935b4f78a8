import { z } from "zod";
import { ALERT_KINDS, ALERT_SEVERITIES } from "../alerts/vocabulary.ts";
import { MESSAGE_TYPES } from "./vocabulary.ts";

/** What the console's forms about channels and deliveries send. Portable: only zod and relative imports. */

const storable = (text: string) => !text.includes("\0");
const NO_NUL = { error: "No NUL characters" };

const Name = z.string("Give it a name.").trim().min(1, "Give it a name.").max(80).refine(storable, NO_NUL);
const WebAddress = z
  .string("Enter an address.")
  .trim()
  .max(2000)
  .regex(/^https?:\/\/\S+$/i, "An address begins with https://.")
  .refine(storable, NO_NUL);
const RoutingKey = z
  .string("Enter the routing key.")
  .trim()
  .regex(/^[0-9A-Za-z]{32}$/, "A routing key has 32 letters and digits.");
const Email = z.email();
/** Addresses as they are typed: with commas, semicolons or space between them. The first that is none is named: a form shows what is wrong with the whole. */
const Recipients = z
  .string("Enter at least one address.")
  .transform((text) => text.split(/[\s,;]+/).filter((address) => address !== ""))
  .pipe(z.array(z.string()).min(1, "Enter at least one address.").max(20, "At most 20."))
  .superRefine((addresses, context) => {
    const wrong = addresses.find((address) => !Email.safeParse(address).success);
    if (wrong !== undefined) context.addIssue({ code: "custom", message: `${wrong} is no e-mail address.` });
  });

const wants = {
  name: Name,
  message_types: z.array(z.enum(MESSAGE_TYPES), "Choose at least one.").min(1, "Choose at least one."),
  minimum_severity: z.enum(ALERT_SEVERITIES).default("warning"),
  /** None: every kind. */
  alert_kinds: z.array(z.enum(ALERT_KINDS)).default([]),
};
const slack = { ...wants, kind: z.literal("slack") };
const pagerduty = { ...wants, kind: z.literal("pagerduty") };
const email = { ...wants, kind: z.literal("email"), recipients: Recipients };
const webhook = { ...wants, kind: z.literal("webhook"), url: WebAddress };
const which = { id: z.uuid(), expected_version: z.coerce.number().int().min(1) };

export const NewChannel = z.discriminatedUnion("kind", [
  z.object({ ...slack, secret: WebAddress }),
  z.object({ ...pagerduty, secret: RoutingKey }),
  z.object(email),
  z.object(webhook),
]);
export type NewChannel = z.infer<typeof NewChannel>;

/** A secret that is left out stays as it is. */
export const ChannelChange = z.discriminatedUnion("kind", [
  z.object({ ...slack, ...which, secret: WebAddress.optional() }),
  z.object({ ...pagerduty, ...which, secret: RoutingKey.optional() }),
  z.object({ ...email, ...which }),
  z.object({ ...webhook, ...which }),
]);
export type ChannelChange = z.infer<typeof ChannelChange>;

export const ChannelId = z.object({ id: z.uuid() });

export const ChannelSwitch = ChannelId.extend({
  enabled: z.enum(["true", "false"]).transform((text) => text === "true"),
});

export const SecretRotation = ChannelId.extend({
  overlap: z.coerce.number("Choose how long.").int().min(0).max(2_592_000),
});

export const DeliveryId = z.object({ id: z.coerce.number().int().min(1) });

export const FailedSince = ChannelId.extend({ since: z.iso.datetime("Choose a time.") });
