import { KIND_WORDS } from "#app/(console)/[workspace]/alerts/words.ts";
import { ALERT_KINDS } from "#lib/alerts/vocabulary.ts";
import type { ChannelRow } from "#lib/delivery/channels.ts";
import type { DeliveryRow } from "#lib/delivery/deliveries.ts";

type ChannelKind = ChannelRow["kind"];
type Reason = NonNullable<ChannelRow["disabled_reason"]>;

export const KIND_LABELS: Record<ChannelKind, string> = {
  slack: "Slack",
  pagerduty: "PagerDuty",
  email: "E-mail",
  webhook: "Webhook",
};

export const TYPE_LABELS: Record<DeliveryRow["type"], string> = {
  "alert.opened": "Alert opened",
  "alert.worsened": "Alert became worse",
  "alert.acknowledged": "Alert acknowledged",
  "alert.reopened": "Alert reopened",
  "alert.resolved": "Alert resolved",
  "country.activated": "Country activated",
  "country.advanced": "Country advanced",
  "country.paused": "Country paused",
  "country.resumed": "Country resumed",
  "country.caps_changed": "Country's caps changed",
  "country.time_zone_changed": "Country's time zone changed",
  "summary.daily": "Daily summary",
  "channel.test": "Test",
};

const STATES: Record<DeliveryRow["state"], { label: string; color: string }> = {
  pending: { label: "under way", color: "blue" },
  delivered: { label: "delivered", color: "green" },
  dead: { label: "given up", color: "red" },
};

const REASONS: Record<Reason, string> = {
  person: "switched off",
  gone: "off: its receiver is gone",
  failing: "off: nothing arrived for five days",
  deleted: "deleted",
};

/** How a delivery stands. One that some recipients refused is not simply delivered. */
export function stateOf({ state, partly }: Pick<DeliveryRow, "state" | "partly">) {
  return state === "delivered" && partly ? { label: "delivered in part", color: "yellow" } : STATES[state];
}

/** How a channel does, in a word or two. */
export function healthOf(channel: ChannelRow): { label: string; color: string } {
  if (channel.disabled_reason !== null) {
    return {
      label: REASONS[channel.disabled_reason],
      color: channel.disabled_reason === "person" ? "gray" : "red",
    };
  }
  if (channel.failing_since !== null) return { label: "failing", color: "red" };
  if (channel.last_error !== null && channel.last_success_at !== null) {
    return { label: "not heard by everyone", color: "yellow" };
  }
  return channel.last_success_at === null
    ? { label: "nothing arrived yet", color: "gray" }
    : { label: "well", color: "green" };
}

/** Where a channel leads: what of it may be read. */
export function targetOf({ kind, url, recipients, hint }: ChannelRow): string {
  if (kind === "webhook") return url ?? "";
  if (kind === "email") return (recipients ?? []).join(", ");
  return kind === "slack" ? `an address that ends in ${hint}` : `a routing key that ends in ${hint}`;
}

/** What a channel hears of: "5 types of message; critical alerts only; alerts of threats, jobs". */
export function wantsOf({ message_types, minimum_severity, alert_kinds }: ChannelRow): string {
  const few = message_types.length <= 2;
  const types = few
    ? message_types.map((type) => TYPE_LABELS[type]).join(", ")
    : `${message_types.length} types of message`;
  if (!message_types.some((type) => type.startsWith("alert."))) return types;
  const critical = minimum_severity === "critical" ? "critical alerts only" : "";
  const kinds = ALERT_KINDS.filter((kind) => alert_kinds?.includes(kind)).map((kind) => KIND_WORDS[kind]);
  return [types, critical, kinds.length === 0 ? "" : `alerts of ${kinds.join(", ").toLowerCase()}`]
    .filter(Boolean)
    .join("; ");
}
