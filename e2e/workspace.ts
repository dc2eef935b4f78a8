import type { BrowserContext } from "@playwright/test";
import postgres, { type Sql } from "postgres";
import { z } from "zod";
import { drawKey } from "#lib/workspace/key-format.ts";
import type { Role } from "#lib/workspace/vocabulary.ts";
import { seedWorkspace } from "#stack/demo.ts";
import { type Account, newAccount, newEmail, sessionOf } from "./accounts.ts";
import { at } from "./at.ts";

/** A workspace of one test's own, made as `npm start` makes the demo, without its campaigns. */
export interface Workspace {
  id: string;
  slug: string;
  /** Its API key, with every scope. */
  key: string;
  owner: Account;
}

/** Runs `work` as the database's owner. */
export async function inDatabase<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = postgres(at.E2E_DATABASE, { max: 2, onnotice: () => undefined });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Starts the deliverer now instead of at its next ten seconds. */
export async function deliver(): Promise<void> {
  await inDatabase((sql) => sql`select private.start_function('outbox')`);
}

/** Makes a workspace that nobody else touches, so that a test may run beside others, and again. */
export async function newWorkspace(owner: Account): Promise<Workspace> {
  const { key } = drawKey();
  const slug = `journey-${crypto.randomUUID().slice(0, 13)}`;
  const id = await inDatabase((sql) => sql.begin((tx) => seedWorkspace(tx, owner, { slug, key })));
  return { id: z.uuid().parse(id), slug, key, owner };
}

/** Signs somebody in to a browser without the form. */
export async function enter(context: BrowserContext, account: Account): Promise<void> {
  const session = await sessionOf(account);
  await context.addCookies(session.map((cookie) => ({ ...cookie, url: at.E2E_SITE, httpOnly: true })));
}

/** Makes somebody new a member, and signs them in to a browser. Resolves with their address. */
export async function enterAs(context: BrowserContext, workspace: Workspace, role: Role): Promise<string> {
  const account = await inDatabase(async (sql) => {
    const made = await newAccount(sql, newEmail(role));
    await sql`insert into app.members (workspace_id, user_id, role) values (${workspace.id}, ${made.id}, ${role})`;
    return made;
  });
  await enter(context, account);
  return account.email;
}

/** What the API answers to a request with a workspace's key. */
export interface Reply {
  status: number;
  body: Record<string, unknown>;
}

/** More headers than a request of JSON has, and whom to ask instead of the console. */
export interface Sending {
  headers?: Record<string, string>;
  where?: string;
}

/** Asks the API with the workspace's key: a method and a path, as "GET sequence". */
export async function ask(
  { key }: Workspace,
  question: string,
  body?: unknown,
  { headers = {}, where = at.E2E_SITE }: Sending = {},
): Promise<Reply> {
  const [method = "", path = ""] = question.split(" ");
  const response = await fetch(`${where}/api/v1/${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json", ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: text === "" ? {} : z.record(z.string(), z.unknown()).parse(JSON.parse(text)),
  };
}
