import type { Permission } from "#lib/workspace/vocabulary.ts";

/**
 * Who is let into a page or route: everybody, whoever is signed in, every member of the workspace, or members with one of these permissions.
 * A key's scopes are in tests/http.
 */
type Access = "everybody" | "person" | "member" | "key" | readonly Permission[];

/** A row for each page.tsx and route.ts below app, under its address. `tests/unit/access.test.ts` fails for one without. */
export const PAGES: Record<string, Access> = {
  "/": "everybody",
  "/docs": "everybody",
  "/sign-in": "everybody",
  "/sign-up": "everybody",
  "/forgot-password": "everybody",
  "/reset-password": "everybody",
  "/invitations/[token]": "everybody",
  "/go/[slug]": "everybody",
  "/q/[token]": "everybody",
  "/q/[token]/status": "everybody",
  "/q/[token]/leave": "everybody",
  "/auth/callback": "everybody",
  "/auth/confirm": "everybody",
  "/auth/google": "everybody",
  "/auth/sign-out": "everybody",
  "/api/health": "everybody",
  "/api/ready": "everybody",
  "/api/metrics": "everybody",
  "/api/v1/**": "key",
  "/ofrep/**": "key",
  "/new": "person",
  "/[workspace]": ["countries.read"],
  "/[workspace]/search": "member",
  "/[workspace]/countries": ["countries.read"],
  "/[workspace]/countries/[code]": ["countries.read"],
  "/[workspace]/audit": ["audit.read", "audit.read_own"],
  "/[workspace]/audit/export": ["audit.read", "audit.read_own"],
  "/[workspace]/alerts": ["alerts.read"],
  "/[workspace]/jobs": ["jobs.read"],
  "/[workspace]/queue": ["queue.read"],
  "/[workspace]/load": ["load.read"],
  "/[workspace]/sequence": ["sequence.read"],
  "/[workspace]/regions": ["regions.read"],
  "/[workspace]/regions/[code]": ["regions.read"],
  "/[workspace]/regions/money": ["regions.read"],
  "/[workspace]/regions/scorecard": ["risk.read"],
  "/[workspace]/threats": ["threats.read"],
  "/[workspace]/threats/blocklist": ["threats.read"],
  "/[workspace]/threats/blocklist/export": ["threats.read"],
  "/[workspace]/experiments": ["experiments.read"],
  "/[workspace]/forecast": ["countries.read"],
  "/[workspace]/flags": ["flags.read"],
  "/[workspace]/live": "member",
  "/[workspace]/settings/members": ["members.manage"],
  "/[workspace]/settings/profile": "member",
  "/[workspace]/settings/keys": ["keys.manage"],
  "/[workspace]/settings/notifications": ["notifications.manage"],
  "/[workspace]/settings/workspace": ["workspace.manage"],
};
