import type { Cookie } from "@playwright/test";
import { createServerClient } from "@supabase/ssr";
import type { Sql } from "postgres";
import { at } from "./at.ts";

/** The password of everybody who isn't the demo owner. */
export const PASSWORD = "a long enough password";

/** Somebody with a confirmed account. */
export interface Account {
  id: string;
  email: string;
}

/** An address nobody has yet. */
export function newEmail(who: string): string {
  return `${who}-${crypto.randomUUID().slice(0, 8)}@gantry.local`;
}

async function auth(path: string, body: object): Promise<void> {
  const response = await fetch(at.E2E_AUTH + path, {
    method: "POST",
    headers: { apikey: at.E2E_AUTH_KEY, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
}

/** Makes an account and confirms it, as the sign-up form and its mail do. */
export async function newAccount(sql: Sql, email: string, name?: string): Promise<Account> {
  await auth("/signup", { email, password: PASSWORD, ...(name !== undefined && { data: { name } }) });
  const [user] = await sql<{ id: string; token: string }[]>`
    select id, confirmation_token as token from auth.users where email = ${email}`;
  if (user === undefined) throw new Error(`${email} wasn't signed up`);
  await auth("/verify", { type: "signup", token_hash: user.token });
  return { id: user.id, email };
}

/** Signs somebody in. Resolves with the cookies that the sign-in form would leave in their browser. */
export async function sessionOf({
  email,
}: Pick<Account, "email">): Promise<Pick<Cookie, "name" | "value">[]> {
  const kept = new Map<string, string>();
  const client = createServerClient(at.E2E_AUTH.replace(/\/auth\/v1$/, ""), at.E2E_AUTH_KEY, {
    cookies: {
      getAll: () => [],
      setAll: (changes) => {
        for (const { name, value } of changes) kept.set(name, value);
      },
    },
  });
  const { error } = await client.auth.signInWithPassword({ email, password: PASSWORD });
  if (error !== null) throw error;
  return [...kept].filter(([, value]) => value !== "").map(([name, value]) => ({ name, value }));
}
