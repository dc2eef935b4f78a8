import { expect, test } from "vitest";
import { healthOf, stateOf } from "#app/(console)/[workspace]/settings/notifications/words.ts";
import type { ChannelRow } from "#lib/delivery/channels.ts";

const heard: ChannelRow = {
  id: "c",
  kind: "email",
  name: "Operators",
  url: null,
  recipients: ["a@example.com", "b@example.com"],
  message_types: ["alert.opened"],
  minimum_severity: "warning",
  alert_kinds: null,
  enabled: true,
  disabled_reason: null,
  hint: null,
  rotation_ends_at: null,
  last_success_at: "2026-06-01T10:00:00Z",
  failing_since: null,
  last_error: null,
  version: 1,
};

test("DLV-34 a delivery and a channel that not everyone hears from say so", () => {
  expect(stateOf({ state: "delivered", partly: false }).label).toBe("delivered");
  expect(stateOf({ state: "delivered", partly: true }).label).toBe("delivered in part");
  expect(stateOf({ state: "pending", partly: true }).label).toBe("under way");
  expect(stateOf({ state: "dead", partly: true }).label).toBe("given up");
  expect(healthOf(heard).label).toBe("well");
  const last_error = "Refused for good: b@example.com";
  expect(healthOf({ ...heard, last_error }).label).toBe("not heard by everyone");
  const failing_since = "2026-06-01T11:00:00Z";
  expect(healthOf({ ...heard, last_error, failing_since }).label).toBe("failing");
  expect(healthOf({ ...heard, last_error, enabled: false, disabled_reason: "gone" }).label).toContain("off");
});
