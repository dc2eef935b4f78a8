import { expect } from "vitest";
import { serveRoutes } from "./serve-routes.ts";

/** What no answer may contain: SQL, names of our schemas and tables, files, stacks, drivers. */
const INTERNAL =
  /\bselect\b.*\bfrom\b|insert into|\bupdate \w+\.|sqlstate|postgres|drizzle|private\.|launch\.\w+\(|node_modules|\.tsx?:\d|\n\s+at |"stack"|econnrefused/i;

/** Every route of app/api on a real port. */
export interface Api {
  origin: string;
  close(): Promise<void>;
}

export interface Question {
  method?: string;
  path: string;
  key?: string;
  /** Sent as JSON, unless it is a string or bytes: those go as they are. */
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed body; null when it is empty or not JSON. */
  body: Record<string, unknown> | null;
}

/** Serves every handler of app/api/v1 on a real port. Set DATABASE_URL first. */
export async function serveApi(): Promise<Api> {
  const { url, close } = await serveRoutes();
  return { origin: url, close };
}

/** Asks over HTTP. Checks of every problem that it is a whole problem document and says nothing internal. */
export async function ask(api: Api, { method, path, key, body, headers }: Question): Promise<Reply> {
  const response = await fetch(api.origin + path, {
    method: method ?? (body === undefined ? "GET" : "POST"),
    headers: {
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: raw(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") ?? false;
  const reply = {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson ? JSON.parse(text) : null,
  };
  if (!response.ok) expectProblem(reply);
  return reply;
}

function expectProblem({ status, headers, body, text }: Reply): void {
  expect(headers.get("content-type")).toBe("application/problem+json");
  expect(headers.get("cache-control")).toBe("no-store");
  expect(body).toMatchObject({
    type: `urn:gantry:problem:${body?.code}`,
    title: expect.any(String),
    status,
    detail: expect.any(String),
    instance: expect.stringMatching(/^urn:uuid:/),
  });
  expect(text).not.toMatch(INTERNAL);
  expect(body?.code).not.toBe("internal");
}

function raw(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (typeof body === "string") return body;
  return body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body);
}
