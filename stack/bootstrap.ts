import { readFileSync } from "node:fs";
import { join } from "node:path";
import { getAuthSchemaSql } from "@supabase/lite";
import postgres from "postgres";

export interface BootstrapOptions {
  /** Connection string of the superuser, naming the database to prepare. */
  url: string;
  /** Path of a file beside the cluster that holds the vault's key (see Postgres.keep). */
  vaultKeyFile: string;
  /** Passwords for roles that log in; a role that doesn't exist yet is skipped. */
  passwords?: Record<string, string>;
}

const SQL_FOLDER = join(import.meta.dirname, "bootstrap");

/**
 * Gives a database what hosted Supabase has before the first migration: roles, extensions, the auth schema, and
 * stand-ins for the schemas cron, net and vault. All or nothing; may be run again at any time.
 */
export async function bootstrap({ url, vaultKeyFile, passwords = {} }: BootstrapOptions): Promise<void> {
  const db = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await db.begin(async (tx) => {
      await tx.unsafe("set local client_min_messages = warning");
      await tx.unsafe(read("roles.sql"));
      await tx.unsafe(getAuthSchemaSql());
      for (const file of ["auth.sql", "cron.sql", "net.sql"]) await tx.unsafe(read(file));
      await tx.unsafe("create schema if not exists vault");
      await tx.unsafe(keyFunction(vaultKeyFile));
      await tx.unsafe(read("vault.sql"));
    });
    await setPasswords(url, passwords);
  } finally {
    await db.end();
  }
}

/** Sets the passwords of those of the roles that exist. The superuser's own is left alone. */
export async function setPasswords(url: string, passwords: Record<string, string>): Promise<void> {
  const db = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    for (const [role, password] of Object.entries(passwords)) {
      if (role === "postgres") continue;
      // format() quotes; the statement is built in the database because alter role takes no parameters.
      const [made] = await db<{ statement: string }[]>`
        select format('alter role %I password %L', rolname, ${password}::text) as statement
        from pg_roles where rolname = ${role}`;
      if (made) await db.unsafe(made.statement);
    }
  } finally {
    await db.end();
  }
}

function read(file: string): string {
  return readFileSync(join(SQL_FOLDER, file), "utf8");
}

function keyFunction(file: string): string {
  const path = file.replaceAll("'", "''");
  return `
    create or replace function vault._key() returns text
    language sql stable security definer set search_path = ''
    as $key$ select pg_read_file('${path}') $key$;
    revoke execute on function vault._key() from public;`;
}
