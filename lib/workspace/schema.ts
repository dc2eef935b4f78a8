import { z } from "zod";
import { ENVIRONMENTS, ROLES, SCOPES } from "./vocabulary.ts";

/** What the console's forms about workspaces, members, keys and flags send. Portable: only zod and relative imports. */

/** Paths of the site itself, which a workspace of that address would hide behind. The database refuses them too. */
export const RESERVED_SLUGS = [
  "api",
  "auth",
  "docs",
  "favicon",
  "forgot-password",
  "go",
  "icon",
  "invitations",
  "new",
  "ofrep",
  "q",
  "reset-password",
  "shared-reports",
  "sign-in",
  "sign-up",
];

const Name = z.string("Enter a name.").trim().min(1, "Enter a name.").max(80, "Use at most 80 characters.");
const Reason = z.string("Say why.").trim().min(1, "Say why.").max(500, "Use at most 500 characters.");
const Id = z.uuid();

const Slug = z
  .string("Enter an address.")
  .trim()
  .min(2, "Use at least 2 characters.")
  .max(48, "Use at most 48 characters.")
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "Use lower-case letters, digits and single hyphens.")
  .refine((slug) => !RESERVED_SLUGS.includes(slug), "This address is taken.");

/** A form that is only a button. */
export const NoInput = z.object({});

export const NewWorkspace = z.object({
  name: Name,
  slug: Slug,
  environment: z.enum(ENVIRONMENTS, "Choose an environment."),
});

export const WorkspaceChange = z.object({
  name: Name,
  unlisted: z.enum(["refuse", "allow"], "Choose one."),
  reason: Reason.optional(),
});

export const Profile = z.object({ name: Name.optional() });

export const Invitation = z.object({
  email: z
    .string("Enter an e-mail address.")
    .trim()
    .toLowerCase()
    .max(254)
    .pipe(z.email("Enter an e-mail address, like name@example.com.")),
  role: z.enum(ROLES, "Choose a role."),
});

export const InvitationToken = z.object({ token: z.string().min(1).max(200) });
export const InvitationId = z.object({ id: Id });
export const MemberId = z.object({ id: Id });
export const RoleChange = z.object({ id: Id, role: z.enum(ROLES, "Choose a role.") });

/** When a key stops working: never, after some days, or at a moment. */
const Expiry = z.enum(["never", "30", "90", "365", "at"]).default("never");

export const NewApiKey = z
  .object({
    name: Name,
    scopes: z.array(z.enum(SCOPES)).min(1, "Choose at least one scope."),
    expires: Expiry,
    expires_at: z.iso.datetime("Choose a time.").optional(),
  })
  .superRefine((key, context) => {
    if (key.expires !== "at") return;
    if (key.expires_at !== undefined && Date.parse(key.expires_at) > Date.now()) return;
    context.addIssue({
      code: "custom",
      path: ["expires_at"],
      message: "Choose a time that is still to come.",
    });
  });

/** How long the old key keeps working after a rotation, in seconds. */
export const KeyRotation = z.object({
  id: Id,
  overlap: z.coerce.number("Choose how long.").int().min(0).max(2_592_000),
});

export const KeyRevocation = z.object({ id: Id, reason: Reason });

export const FlagSwitch = z.object({
  key: z.string().min(1).max(80),
  enabled: z.enum(["true", "false"]).transform((text) => text === "true"),
  version: z.coerce.number().int().min(1),
  reason: Reason,
});

/** The chosen moment, or that many days from `now`; null for a key that never expires. */
export function expiryOf(key: z.infer<typeof NewApiKey>, now: Date): Date | null {
  if (key.expires === "never") return null;
  if (key.expires === "at") return key.expires_at === undefined ? null : new Date(key.expires_at);
  return new Date(now.getTime() + Number(key.expires) * 86_400_000);
}

// Letters that Unicode doesn't take apart into a plain one and its mark.
const PLAIN: Record<string, string> = {
  ł: "l",
  ø: "o",
  đ: "d",
  ð: "d",
  þ: "th",
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ı: "i",
};

/** An address out of a name: "Acme Shop (EU)" → "acme-shop-eu". Empty when nothing of it can stand in one. */
export function suggestSlug(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[łøđðþßæœı]/g, (letter) => PLAIN[letter] ?? letter)
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 48)
    .replace(/^-+|-+$/g, "");
}
