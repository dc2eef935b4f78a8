/** Roles and permissions. Who holds what is written once, in app.role_permissions; a test keeps these lists equal to it. Portable: no imports. */

export const ROLES = ["owner", "admin", "marketing", "safety", "viewer"] as const;
export type Role = (typeof ROLES)[number];

export const ENVIRONMENTS = ["development", "staging", "production"] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

export const PERMISSIONS = [
  "workspace.read",
  "workspace.manage",
  "members.manage",
  "owners.manage",
  "keys.manage",
  "countries.read",
  "countries.manage",
  "countries.pause",
  "counters.correct",
  "receipts.read",
  "audit.read",
  "audit.read_own",
  "flags.read",
  "flags.manage",
  "throttle.read",
  "throttle.override",
  "signals.report",
  "load.read",
  "load.manage",
  "regions.read",
  "risk.read",
  "risk.manage",
  "threats.read",
  "threats.manage",
  "alerts.read",
  "alerts.manage",
  "queue.read",
  "queue.manage",
  "jobs.read",
  "jobs.run",
  "notifications.manage",
  "campaigns.read",
  "campaigns.manage",
  "campaigns.track",
  "sequence.read",
  "sequence.manage",
  "sequence.approve",
  "dryruns.read",
  "dryruns.run",
  "experiments.read",
  "experiments.manage",
  "routines.tick",
  "routines.manage",
  "reports.read",
  "reports.manage",
  "caps.check",
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** What an API key may be given. */
export const SCOPES = [
  "caps.check",
  "countries.read",
  "countries.manage",
  "countries.pause",
  "flags.read",
  "throttle.read",
  "signals.report",
  "risk.read",
  "threats.read",
  "alerts.read",
  "jobs.run",
  "campaigns.read",
  "campaigns.manage",
  "campaigns.track",
  "sequence.read",
  "dryruns.read",
  "dryruns.run",
  "reports.read",
  "reports.manage",
] as const;
export type Scope = (typeof SCOPES)[number];
