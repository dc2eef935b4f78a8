import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { drawKey } from "#lib/workspace/key-format.ts";
import { StackError } from "./stack-error.ts";

/** Made on the first start, kept in `secrets.json` of the data folder (mode 0600), never printed but the demo sign-in. */
export interface Secrets {
  /** Passwords of the database roles that log in. */
  passwords: { postgres: string; supabase_auth_admin: string; authenticator: string; gantry_service: string };
  /** Signs the sessions' JWTs (HS256). */
  jwtSecret: string;
  /** What browsers send as `apikey`; stands for the role anon. */
  publishableKey: string;
  /** Stands for the role service_role; the stack hands it to nobody. */
  secretKey: string;
  /** GANTRY_SECRET: signs tickets and whatever else the app must be able to recognise. */
  gantrySecret: string;
  /** Only starts jobs: cron sends it, functions compare it. */
  cronSecret: string;
  /** Encrypts what is in the vault stand-in. */
  vaultKey: string;
  /** Password of the demo owner. */
  demoPassword: string;
  /** The demo workspace's API key, every scope. */
  demoKey: string;
}

/** Reads the secrets of a data folder, making those it doesn't have yet. Throws a StackError when the file is damaged. */
export function loadSecrets(dataDir: string): Secrets {
  const file = join(dataDir, "secrets.json");
  mkdirSync(dataDir, { recursive: true });
  const kept = existsSync(file) ? readSecrets(file) : {};
  const made = makeSecrets();
  const secrets: Secrets = { ...made, ...kept, passwords: { ...made.passwords, ...kept.passwords } };
  const text = `${JSON.stringify(secrets, null, 2)}\n`;
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) {
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, text, { mode: 0o600 });
    renameSync(draft, file);
  }
  chmodSync(file, 0o600);
  return secrets;
}

function readSecrets(file: string): Partial<Secrets> {
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (typeof parsed === "object" && parsed !== null) return parsed;
    throw new Error("not an object");
  } catch (error) {
    throw new StackError(`${file} can't be read.`, "Restore it, or start afresh with: npm run reset", {
      cause: error,
    });
  }
}

function makeSecrets(): Secrets {
  const random = (bytes: number) => randomBytes(bytes).toString("base64url");
  return {
    passwords: {
      postgres: random(24),
      supabase_auth_admin: random(24),
      authenticator: random(24),
      gantry_service: random(24),
    },
    jwtSecret: random(48),
    publishableKey: `sb_publishable_${random(24)}`,
    secretKey: `sb_secret_${random(24)}`,
    gantrySecret: random(48),
    cronSecret: random(32),
    vaultKey: random(32),
    demoPassword: `gantry-${random(9)}`,
    demoKey: drawKey().key,
  };
}
