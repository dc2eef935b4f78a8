import { z } from "zod";
import type { ErrorCode } from "#lib/errors.ts";
import type { Scope } from "#lib/workspace/vocabulary.ts";

/** One operation of the API as it is documented. The schemas are those that parse the requests. */
export interface Operation {
  method: "get" | "post" | "put" | "patch" | "delete";
  path: string;
  tag: string;
  id: string;
  summary: string;
  description?: string;
  scope: Scope;
  params?: z.ZodObject;
  query?: z.ZodObject;
  headers?: z.ZodObject;
  body?: z.ZodType;
  /** A body to try. */
  example?: object;
  /** More bodies it takes, by media type. */
  bodies?: Record<string, { schema: z.ZodType; example: object }>;
  /** The answer's schema; none for 204. */
  answer?: z.ZodType;
  /** An answer as it may come. */
  answerExample?: object;
  /** 200 unless said otherwise. */
  status?: 202;
  decides?: boolean;
  refuses: ErrorCode[];
}

/** A page of a keyset-paged list. */
export const page = (item: z.ZodType) =>
  z.object({ data: z.array(item), next_cursor: z.string().nullable() });
