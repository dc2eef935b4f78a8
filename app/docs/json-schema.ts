import { z } from "zod";

/** What the reference shows of a JSON schema. */
export interface JsonSchema {
  $ref?: string | undefined;
  type?: string | string[] | undefined;
  format?: string | undefined;
  description?: string | undefined;
  enum?: unknown[] | undefined;
  const?: unknown;
  default?: unknown;
  example?: unknown;
  examples?: unknown[] | undefined;
  minimum?: number | undefined;
  maximum?: number | undefined;
  minLength?: number | undefined;
  maxLength?: number | undefined;
  minItems?: number | undefined;
  maxItems?: number | undefined;
  pattern?: string | undefined;
  required?: string[] | undefined;
  properties?: Record<string, JsonSchema> | undefined;
  items?: JsonSchema | undefined;
  additionalProperties?: boolean | JsonSchema | undefined;
  anyOf?: JsonSchema[] | undefined;
  oneOf?: JsonSchema[] | undefined;
  allOf?: JsonSchema[] | undefined;
}

export const JsonSchema: z.ZodType<JsonSchema> = z.lazy(() =>
  z.object({
    $ref: z.string().optional(),
    type: z.union([z.string(), z.array(z.string())]).optional(),
    format: z.string().optional(),
    description: z.string().optional(),
    enum: z.array(z.unknown()).optional(),
    const: z.unknown().optional(),
    default: z.unknown().optional(),
    example: z.unknown().optional(),
    examples: z.array(z.unknown()).optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    minLength: z.number().optional(),
    maxLength: z.number().optional(),
    minItems: z.number().optional(),
    maxItems: z.number().optional(),
    pattern: z.string().optional(),
    required: z.array(z.string()).optional(),
    properties: z.record(z.string(), JsonSchema).optional(),
    items: JsonSchema.optional(),
    additionalProperties: z.union([z.boolean(), JsonSchema]).optional(),
    anyOf: z.array(JsonSchema).optional(),
    oneOf: z.array(JsonSchema).optional(),
    allOf: z.array(JsonSchema).optional(),
  }),
);

/** The document's named schemas. */
export type Schemas = Readonly<Record<string, JsonSchema>>;

/** The name a reference stands for, else null. */
function refName(schema: JsonSchema): string | null {
  return schema.$ref?.split("/").at(-1) ?? null;
}

/** What a reference stands for; anything else is itself. */
export function resolved(schema: JsonSchema, schemas: Schemas): JsonSchema {
  const name = refName(schema);
  return name === null ? schema : { ...schemas[name], ...schema, $ref: undefined };
}

/** The alternatives of a schema, none when it has no choice. */
export function alternatives(schema: JsonSchema): JsonSchema[] {
  return schema.anyOf ?? schema.oneOf ?? [];
}

/** A schema's kind in a few words: `string`, `integer or null`, `list of Country`. */
export function kindOf(schema: JsonSchema, schemas: Schemas): string {
  const name = refName(schema);
  const target = resolved(schema, schemas);
  if (name !== null && target.properties !== undefined) return name;
  const choices = alternatives(target);
  if (choices.length > 0) {
    return [...new Set(choices.map((choice) => kindOf(choice, schemas)))].join(" or ");
  }
  if (target.const !== undefined) return JSON.stringify(target.const);
  if (target.type === "array") return `list of ${kindOf(target.items ?? {}, schemas)}`;
  const types = target.type === undefined ? ["any value"] : [target.type].flat();
  const words = types.join(" or ");
  return target.format === undefined ? words : `${words}, ${target.format}`;
}

function range(least: number | undefined, most: number | undefined, unit: string): string | null {
  const show = (value: number) => value.toLocaleString("en");
  if (least !== undefined && most !== undefined) return `${show(least)} to ${show(most)}${unit}`;
  if (least !== undefined) return `at least ${show(least)}${unit}`;
  return most === undefined ? null : `at most ${show(most)}${unit}`;
}

/** What a value must keep to besides its kind: bounds, lengths, its default. */
export function limitsOf(schema: JsonSchema): string[] {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems } = schema;
  return [
    range(minimum, maximum, ""),
    range(minLength, maxLength, " characters"),
    range(minItems, maxItems, " entries"),
    schema.default === undefined ? null : `default ${JSON.stringify(schema.default)}`,
  ].filter((limit) => limit !== null);
}
