import postgres, { type Sql } from "postgres";
import { DEMO_SLUG, type DemoOwner, seedDemo } from "./demo.ts";
import { StackError } from "./stack-error.ts";

export interface SeedOptions {
  /** As the superuser. */
  adminUrl: string;
  apiUrl: string;
  publishableKey: string;
  demoPassword: string;
  demoKey: string;
}

/** Who signs in to the demo. */
export const DEMO_EMAIL = "owner@gantry.local";

/**
 * Makes the demo owner (through the Auth API, confirmed) and the demo workspace, unless a workspace of that address
 * was ever made. Returns true when it made them.
 */
export async function seed(options: SeedOptions): Promise<boolean> {
  const db = postgres(options.adminUrl, { max: 1, onnotice: () => undefined });
  try {
    const [made] = await db`select from app.workspaces where slug = ${DEMO_SLUG}`;
    if (made) return false;
    const owner = await findOrSignUp(db, options);
    await db.begin((tx) => seedDemo(tx, owner, options.demoKey));
    return true;
  } finally {
    await db.end();
  }
}

async function findOrSignUp(db: Sql, options: SeedOptions): Promise<DemoOwner> {
  const find = async () => {
    const [user] = await db<{ id: string; token: string | null }[]>`
      select id, confirmation_token as token from auth.users where email = ${DEMO_EMAIL}`;
    return user;
  };
  if (!(await find())) {
    await post(options, "/auth/v1/signup", {
      email: DEMO_EMAIL,
      password: options.demoPassword,
      data: { name: "Demo owner" },
    });
  }
  const user = await find();
  if (!user) throw new StackError("The demo owner wasn't made.", "Start afresh with: npm run reset");
  if (user.token) await post(options, "/auth/v1/verify", { type: "signup", token_hash: user.token });
  return { id: user.id, email: DEMO_EMAIL };
}

async function post({ apiUrl, publishableKey }: SeedOptions, path: string, body: object): Promise<void> {
  const response = await fetch(`${apiUrl}${path}`, {
    method: "POST",
    headers: { apikey: publishableKey, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (response.ok) return;
  throw new StackError(
    `The auth server answered ${response.status} to ${path}: ${await response.text()}`,
    "Start afresh with: npm run reset",
  );
}
