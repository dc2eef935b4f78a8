import type { Permission } from "#lib/workspace/vocabulary.ts";
import { CAMPAIGN_ACTIONS } from "./campaign-actions.ts";
import { DRY_RUN_ACTIONS } from "./dry-run-actions.ts";
import { EXPERIMENT_ACTIONS } from "./experiment-actions.ts";
import { NOTIFICATION_ACTIONS } from "./notification-actions.ts";
import { OVERVIEW_ACTIONS } from "./overview-actions.ts";
import { SEQUENCE_ACTIONS } from "./sequence-actions.ts";

/** What the rows below may name of the workspace that they are tried in. PL is open, CZ listed. */
export interface Facts {
  /** The policy version of a country. */
  version(code: string): number;
  flagVersion: number;
  keyId: string;
  invitationId: string;
  /** A member whom nobody needs. */
  memberId: string;
}

export interface ActionRow {
  /** Everybody, whoever is signed in, every member of the workspace, or members with this permission. */
  needs: "everybody" | "person" | "member" | Permission;
  /** What would succeed, were it allowed. */
  input?: (facts: Facts) => Record<string, unknown>;
  /** The code that it is answered with once it is allowed, where it can't succeed. */
  code?: string;
}

const AUTH = "app/(auth)";
const CONSOLE = "app/(console)/[workspace]";
const reason = "tried as everybody";
/** Of an alert that there is none of: who may answer alerts is told so, everybody else that they may not. */
const alert = (more: Record<string, unknown> = {}): ActionRow => ({
  needs: "alerts.manage",
  input: () => ({ id: "00000000-0000-7000-8000-000000000000", ...more }),
  code: "not_found",
});

const NOBODY = "00000000-0000-7000-8000-000000000000";
const soon = () => new Date(Date.now() + 3_600_000).toISOString();
/** Of threats: as of alerts. */
const threat = (input: () => Record<string, unknown>, code?: string): ActionRow => ({
  needs: "threats.manage",
  input,
  ...(code !== undefined && { code }),
});
const draft = { rule: "device_farm", threshold: 5, window_minutes: 60, counts_per: "device" };
/** A scorecard as its form sends it. */
const card = JSON.stringify({
  rules: [{ metric: "support_volume", comparison: "above", threshold: 100, points: 2, trip: false }],
  minimum_active_users: 50,
  medium_from: 3,
  high_from: 5,
  critical_from: 7,
});

/** A row for each server action, in an order in which each can succeed. `tests/unit/access.test.ts` fails for one without. */
export const ACTIONS: Record<string, ActionRow> = {
  [`${AUTH}/sign-in/actions.ts signIn`]: { needs: "everybody" },
  [`${AUTH}/sign-up/actions.ts signUp`]: { needs: "everybody" },
  [`${AUTH}/forgot-password/actions.ts requestReset`]: { needs: "everybody" },
  [`${AUTH}/reset-password/actions.ts setPassword`]: { needs: "everybody" },
  [`${AUTH}/shared-reports/[token]/actions.ts confirm`]: {
    needs: "everybody",
    input: () => ({ token: "no link of ours" }),
    code: "not_found",
  },
  [`${AUTH}/invitations/[token]/actions.ts accept`]: {
    needs: "person",
    input: () => ({ token: "an invitation that nobody sent" }),
    code: "not_found",
  },
  "app/(console)/new/actions.ts create": {
    needs: "person",
    input: () => ({ name: "Tried", slug: `tried-${Date.now()}`, environment: "development" }),
  },
  [`${CONSOLE}/audit/actions.ts verify`]: { needs: "audit.read" },
  ...CAMPAIGN_ACTIONS,
  [`${CONSOLE}/countries/actions.ts list`]: {
    needs: "countries.manage",
    input: () => ({ countries: ["DE"] }),
  },
  [`${CONSOLE}/countries/actions.ts unlist`]: { needs: "countries.manage", input: () => ({ code: "DE" }) },
  [`${CONSOLE}/countries/actions.ts activate`]: {
    needs: "countries.manage",
    input: ({ version }) => ({ code: "CZ", expected_version: version("CZ"), phase: "alpha" }),
  },
  [`${CONSOLE}/countries/actions.ts advance`]: {
    needs: "countries.manage",
    input: ({ version }) => ({ code: "CZ", expected_version: version("CZ"), phase: "soft" }),
  },
  [`${CONSOLE}/countries/actions.ts setCaps`]: {
    needs: "countries.manage",
    input: ({ version }) => ({ code: "PL", expected_version: version("PL"), user: "321" }),
  },
  [`${CONSOLE}/countries/actions.ts correct`]: {
    needs: "counters.correct",
    input: () => ({ code: "PL", operation: "user", how: "change", change: "5", reason }),
  },
  [`${CONSOLE}/countries/actions.ts setTimeZone`]: {
    needs: "countries.manage",
    input: ({ version }) => ({ code: "PL", expected_version: version("PL"), time_zone: "UTC" }),
  },
  [`${CONSOLE}/countries/actions.ts pause`]: {
    needs: "countries.pause",
    input: () => ({ code: "PL", reason }),
  },
  [`${CONSOLE}/countries/actions.ts resume`]: {
    needs: "countries.manage",
    input: ({ version }) => ({ code: "PL", expected_version: version("PL"), phase: "soft" }),
  },
  [`${CONSOLE}/alerts/actions.ts acknowledge`]: alert(),
  [`${CONSOLE}/alerts/actions.ts assign`]: alert(),
  [`${CONSOLE}/alerts/actions.ts resolve`]: alert({ outcome: "true_positive", reason }),
  [`${CONSOLE}/alerts/actions.ts reopen`]: alert(),
  [`${CONSOLE}/alerts/actions.ts mute`]: alert(),
  ...EXPERIMENT_ACTIONS,
  ...OVERVIEW_ACTIONS,
  ...DRY_RUN_ACTIONS,
  ...SEQUENCE_ACTIONS,
  [`${CONSOLE}/load/actions.ts saveLimit`]: {
    needs: "load.manage",
    input: () => ({
      name: "webrtc_sessions",
      source: "reported",
      kind: "static",
      value: "10000",
      enabled: "on",
      mad_factor: "6",
      drift_percent: "10",
      min_samples: "180",
      reason,
    }),
    code: "duplicate",
  },
  [`${CONSOLE}/load/actions.ts dropLimit`]: {
    needs: "load.manage",
    input: () => ({ name: "never_made", version: "1", reason }),
    code: "not_found",
  },
  [`${CONSOLE}/load/actions.ts saveSource`]: {
    needs: "load.manage",
    input: () => ({
      name: "webrtc_sessions",
      url: "https://prometheus.example.com",
      query: "up",
      enabled: "on",
    }),
  },
  [`${CONSOLE}/load/actions.ts dropSource`]: {
    needs: "load.manage",
    input: () => ({ name: "never_made" }),
    code: "not_found",
  },
  [`${CONSOLE}/load/actions.ts forceLevel`]: {
    needs: "throttle.override",
    input: () => ({ level: "0", until: new Date(Date.now() + 3_600_000).toISOString(), reason }),
  },
  [`${CONSOLE}/load/actions.ts endOverride`]: { needs: "throttle.override", input: () => ({ reason }) },
  [`${CONSOLE}/load/actions.ts setYield`]: {
    needs: "load.manage",
    input: () => ({ operation: "creator", yields_from: "2", reason }),
  },
  [`${CONSOLE}/regions/actions.ts note`]: alert({ body: reason }),
  [`${CONSOLE}/regions/actions.ts close`]: alert({ reason, expected_version: 1 }),
  [`${CONSOLE}/regions/actions.ts preview`]: { needs: "risk.manage", input: () => ({ card }) },
  [`${CONSOLE}/regions/actions.ts saveScorecard`]: {
    needs: "risk.manage",
    input: () => ({ card, reason, expected_version: 1 }),
  },
  [`${CONSOLE}/regions/actions.ts saveSettings`]: {
    needs: "risk.manage",
    input: () => ({ compare_hours: 6, reason, expected_version: 1 }),
  },
  [`${CONSOLE}/regions/actions.ts takeRates`]: {
    needs: "risk.manage",
    input: () => ({ csv: "day,base,quote,rate\n2026-11-02,EUR,PLN,4.25" }),
  },
  [`${CONSOLE}/queue/actions.ts change`]: {
    needs: "queue.manage",
    input: () => ({
      operation: "user",
      enabled: "true",
      claim_seconds: "120",
      per_minute: "300",
      expected_version: "0",
    }),
  },
  [`${CONSOLE}/queue/actions.ts clear`]: {
    needs: "queue.manage",
    input: () => ({ country: "PL", operation: "user", reason }),
  },
  [`${CONSOLE}/threats/actions.ts add`]: threat(() => ({
    kind: "device",
    value: "d-1",
    until: soon(),
    reason,
  })),
  [`${CONSOLE}/threats/actions.ts lift`]: threat(() => ({ id: NOBODY }), "not_found"),
  [`${CONSOLE}/threats/actions.ts restore`]: threat(() => ({ id: NOBODY }), "not_found"),
  [`${CONSOLE}/threats/actions.ts previewImport`]: threat(() => ({ csv: "kind,value\ndevice,d-2" })),
  [`${CONSOLE}/threats/actions.ts takeImport`]: threat(() => ({ csv: "kind,value\ndevice,d-2", reason })),
  [`${CONSOLE}/threats/actions.ts blockAll`]: threat(
    () => ({ id: NOBODY, until: soon(), reason }),
    "not_found",
  ),
  [`${CONSOLE}/threats/actions.ts protect`]: threat(() => ({ country: "PL", until: soon(), reason })),
  [`${CONSOLE}/threats/actions.ts unprotect`]: threat(() => ({ country: "PL", reason })),
  [`${CONSOLE}/threats/actions.ts backtest`]: { needs: "threats.read", input: () => draft },
  [`${CONSOLE}/threats/actions.ts changeRule`]: threat(() => ({
    ...draft,
    mode: "live",
    answer: "watch",
    answer_minutes: 60,
    expected_version: 1,
  })),
  [`${CONSOLE}/threats/actions.ts snooze`]: threat(() => ({
    rule: "device_farm",
    entity: "d-1",
    until: soon(),
    reason,
  })),
  [`${CONSOLE}/threats/actions.ts wake`]: threat(() => ({ id: NOBODY }), "not_found"),
  [`${CONSOLE}/jobs/actions.ts runNow`]: {
    needs: "jobs.run",
    input: () => ({ job: "no-such-job" }),
    code: "not_found",
  },
  [`${CONSOLE}/flags/actions.ts switchFlag`]: {
    needs: "flags.manage",
    input: ({ flagVersion }) => ({
      key: "launch.countryCaps",
      enabled: "false",
      version: flagVersion,
      reason,
    }),
  },
  [`${CONSOLE}/settings/keys/actions.ts createKey`]: {
    needs: "keys.manage",
    input: () => ({ name: "Tried", scopes: ["caps.check"] }),
  },
  [`${CONSOLE}/settings/keys/actions.ts rotateKey`]: {
    needs: "keys.manage",
    input: ({ keyId }) => ({ id: keyId, overlap: "3600" }),
  },
  [`${CONSOLE}/settings/keys/actions.ts revokeKey`]: {
    needs: "keys.manage",
    input: ({ keyId }) => ({ id: keyId, reason }),
  },
  [`${CONSOLE}/settings/members/actions.ts invite`]: {
    needs: "members.manage",
    input: () => ({ email: "tried@gantry.local", role: "viewer" }),
  },
  [`${CONSOLE}/settings/members/actions.ts revoke`]: {
    needs: "members.manage",
    input: ({ invitationId }) => ({ id: invitationId }),
  },
  [`${CONSOLE}/settings/members/actions.ts changeRole`]: {
    needs: "members.manage",
    input: ({ memberId }) => ({ id: memberId, role: "safety" }),
  },
  [`${CONSOLE}/settings/members/actions.ts remove`]: {
    needs: "members.manage",
    input: ({ memberId }) => ({ id: memberId }),
  },
  ...NOTIFICATION_ACTIONS,
  [`${CONSOLE}/settings/profile/actions.ts rename`]: { needs: "member", input: () => ({ name: "Tried" }) },
  [`${CONSOLE}/settings/workspace/actions.ts change`]: {
    needs: "workspace.manage",
    input: () => ({ name: "Tried", unlisted: "allow", reason }),
  },
  [`${CONSOLE}/settings/members/actions.ts leave`]: { needs: "member" },
};
