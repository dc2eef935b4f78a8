import type { ActionRow } from "./actions.ts";

const ACTIONS = "app/(console)/[workspace]/settings/notifications/actions.ts";
/** Of a channel that there is none of. */
const channel = (more: Record<string, unknown> = {}): ActionRow => ({
  needs: "notifications.manage",
  input: () => ({ id: "00000000-0000-7000-8000-000000000000", ...more }),
  code: "not_found",
});
const mails = { kind: "email", recipients: "tried@gantry.local", message_types: ["alert.opened"] };

/** Actions on the channels of a workspace. */
export const NOTIFICATION_ACTIONS: Record<string, ActionRow> = {
  [`${ACTIONS} create`]: {
    needs: "notifications.manage",
    input: () => ({ ...mails, name: `Tried ${crypto.randomUUID()}` }),
  },
  [`${ACTIONS} change`]: channel({
    ...mails,
    name: "Tried",
    expected_version: 1,
  }),
  [`${ACTIONS} rotate`]: channel({ overlap: 3600 }),
  [`${ACTIONS} toggle`]: channel({ enabled: "false" }),
  [`${ACTIONS} remove`]: channel(),
  [`${ACTIONS} sendTest`]: channel(),
  [`${ACTIONS} sendAgain`]: channel({ id: 999_999_999 }),
  [`${ACTIONS} sendFailedAgain`]: channel({
    since: "2026-11-02T00:00:00Z",
  }),
};
