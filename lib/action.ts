import { headers } from "next/headers";
import { createSafeActionClient } from "next-safe-action";
import { z } from "zod";
import { toAppError } from "#lib/db/sqlstate.ts";
import type { ErrorCode } from "#lib/errors.ts";
import { log } from "#lib/log.ts";
import { assertSameOrigin } from "#lib/origin.ts";
import { requireMember, requirePerson } from "#lib/workspace/session.ts";

/** What a form hears when its action was refused. */
export interface ActionError {
  code: ErrorCode;
  message: string;
  details: Record<string, unknown>;
}

const client = createSafeActionClient({
  defaultValidationErrorsShape: "flattened",
  handleServerError(thrown): ActionError {
    const error = toAppError(thrown);
    if (error.code === "internal") log().error({ err: thrown }, "action failed");
    return { code: error.code, message: error.message, details: error.details };
  },
}).use(async ({ next }) => {
  // Next compares Origin with Host, but lets a request without an Origin through.
  assertSameOrigin(await headers());
  return next();
});

/** Fields of a submitted form as a plain object: what is left blank is absent, a field that comes twice or ends in [] is a list. */
function formFields(value: unknown): unknown {
  if (!(value instanceof FormData)) return value;
  const fields: Record<string, unknown> = {};
  for (const name of new Set(value.keys())) {
    if (name.startsWith("$ACTION")) continue;
    const texts = value.getAll(name).filter((entry) => typeof entry === "string" && entry !== "");
    if (name.endsWith("[]")) fields[name.slice(0, -2)] = texts;
    else if (texts.length > 0) fields[name] = texts[0];
  }
  return fields;
}

/** Makes a form schema of an object schema: takes FormData as well as a plain object. */
export function form<S extends z.ZodType>(schema: S) {
  return z.preprocess(formFields, schema);
}

/** For actions of whoever holds a link: nobody need be signed in. The verb looks at the link. */
export const openAction = client;

/** For actions of a signed-in person outside any workspace. The database checks what they may do. */
export const personAction = client.use(async ({ next }) =>
  next({ ctx: { person: await requirePerson("/") } }),
);

/** For actions in a workspace: the bound first argument is its slug. The database checks the permission again. */
export const memberAction = client
  .bindArgsSchemas<[workspace: z.ZodString]>([z.string()])
  .use(async ({ next, bindArgsClientInputs }) => {
    const slug = z.string().parse(bindArgsClientInputs[0]);
    return next({ ctx: { member: await requireMember(slug) } });
  });
