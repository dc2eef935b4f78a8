import type { z } from "zod";
import { AppError } from "#lib/errors.ts";
import { hashKey, isWellFormedKey } from "#lib/workspace/key-format.ts";

/** Bytes a request body may have: 1,000 checks with everything filled in fit. */
export const MAX_BODY = 1_048_576;

/** The hash of the API key that a request carries as `Authorization: Bearer` or `X-API-Key`. A mistyped key is refused without a query. */
export function callerOf(request: Request): Buffer {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  const key = bearer ?? request.headers.get("x-api-key") ?? "";
  if (!isWellFormedKey(key))
    throw new AppError("unauthenticated", "Send an API key: Authorization: Bearer gty_…");
  return hashKey(key);
}

/** Parses a value by its schema. Throws invalid_input that names each wrong part by path. */
export function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.map((issue) => ({
    path: issue.path.map(String).join("."),
    message: issue.message,
  }));
  throw new AppError("invalid_input", errors[0]?.message, { errors });
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** A declared length bounds what is read: the HTTP server ends the body there. Without one the chunks are counted as they come. */
async function boundedText(request: Request): Promise<string> {
  const declared = request.headers.get("content-length");
  if (declared === null) return countedText(request.body);
  if (Number(declared) > MAX_BODY) throw new AppError("too_large");
  const bytes = await request.arrayBuffer();
  if (bytes.byteLength > MAX_BODY) throw new AppError("too_large");
  return utf8.decode(bytes);
}

async function countedText(body: ReadableStream<Uint8Array> | null): Promise<string> {
  if (body === null) return "";
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > MAX_BODY) throw new AppError("too_large");
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

async function readText(request: Request): Promise<string> {
  try {
    return await boundedText(request);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("invalid_input", "The body ended early or is not UTF-8.", { cause: error });
  }
}

/** Reads a JSON body of at most `MAX_BODY` bytes. Throws unsupported_media_type, too_large or invalid_input. An empty body is `{}`. */
export async function readJson(request: Request): Promise<unknown> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  const text = await readText(request);
  if (text === "") return {};
  if (type !== "application/json" && !type.endsWith("+json")) throw new AppError("unsupported_media_type");
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError("invalid_input", "The body is not JSON.", { cause: error });
  }
}

/** The Idempotency-Key of a request, quoted (as the draft has it) or bare. Throws when it is missing, empty, or longer than 255. */
export function idempotencyKeyOf(request: Request): string {
  const sent = request.headers.get("idempotency-key")?.trim();
  if (sent === undefined) throw new AppError("idempotency_key_required");
  const quoted = /^"((?:[^"\\]|\\["\\])*)"$/.exec(sent)?.[1];
  const key = quoted === undefined ? sent : quoted.replace(/\\(["\\])/g, "$1");
  if (key.length < 1 || key.length > 255 || !/^[\x20-\x7e]+$/.test(key)) {
    throw new AppError("invalid_input", "An idempotency key has 1 to 255 printable ASCII characters.", {
      errors: [{ path: "Idempotency-Key", message: "1 to 255 printable ASCII characters" }],
    });
  }
  return key;
}
