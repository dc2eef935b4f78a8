import { z } from "zod";
import { openApiDocument } from "#lib/openapi/document.ts";
import { JsonSchema, type Schemas } from "./json-schema.ts";

const METHODS = ["get", "post", "put", "patch", "delete"] as const;

const Parameter = z.object({
  name: z.string(),
  in: z.string(),
  required: z.boolean().default(false),
  description: z.string().optional(),
  schema: JsonSchema,
});
export type Parameter = z.infer<typeof Parameter>;

const Content = z.record(
  z.string(),
  z.object({ schema: JsonSchema.optional(), example: z.unknown().optional() }),
);

const Answer = z.object({
  description: z.string(),
  headers: z.record(z.string(), z.object({ schema: JsonSchema.optional() })).optional(),
  content: Content.optional(),
});

const Operation = z.object({
  operationId: z.string(),
  tags: z.array(z.string()).min(1),
  summary: z.string(),
  description: z.string().optional(),
  parameters: z.array(Parameter).default([]),
  requestBody: z.object({ content: Content }).optional(),
  responses: z.record(z.string(), Answer),
});

const Document = z.object({
  info: z.object({ version: z.string(), description: z.string() }),
  paths: z.record(z.string(), z.partialRecord(z.enum(METHODS), Operation)),
  components: z.object({ schemas: z.record(z.string(), JsonSchema) }),
});

/** A body or an answer: its schema and, where there is one, an example. */
interface Message {
  schema: JsonSchema;
  example: unknown;
}

export interface ReferenceAnswer {
  status: string;
  /** Markdown. */
  description: string;
  headers: { name: string; schema: JsonSchema }[];
  message: Message | null;
}

export interface ReferenceOperation {
  id: string;
  method: (typeof METHODS)[number];
  path: string;
  tag: string;
  summary: string;
  /** Markdown. */
  description: string;
  parameters: Parameter[];
  body: Message | null;
  answers: ReferenceAnswer[];
}

interface Reference {
  version: string;
  /** Markdown. */
  description: string;
  groups: { tag: string; operations: ReferenceOperation[] }[];
  schemas: Schemas;
}

function messageOf(content: z.infer<typeof Content> | undefined): Message | null {
  const [first] = Object.values(content ?? {});
  return first?.schema === undefined ? null : { schema: first.schema, example: first.example };
}

function answerOf(status: string, answer: z.infer<typeof Answer>): ReferenceAnswer {
  return {
    status,
    description: answer.description,
    headers: Object.entries(answer.headers ?? {}).map(([name, { schema }]) => ({
      name,
      schema: schema ?? {},
    })),
    message: messageOf(answer.content),
  };
}

function readReference(): Reference {
  // Through JSON: what a reader of the document gets, and nothing else.
  const document = Document.parse(JSON.parse(JSON.stringify(openApiDocument())));
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method): ReferenceOperation[] => {
      const operation = item[method];
      if (operation === undefined) return [];
      const { operationId: id, tags, summary, description = "", parameters } = operation;
      return [
        {
          id,
          method,
          path,
          tag: tags[0] ?? "",
          summary,
          description,
          parameters,
          body: messageOf(operation.requestBody?.content),
          answers: Object.entries(operation.responses).map(([status, answer]) => answerOf(status, answer)),
        },
      ];
    }),
  );
  return {
    version: document.info.version,
    description: document.info.description,
    groups: [...Map.groupBy(operations, ({ tag }) => tag)].map(([tag, same]) => ({ tag, operations: same })),
    schemas: document.components.schemas,
  };
}

let reference: Reference | undefined;

/** The OpenAPI document, laid out as the page shows it. Read once. */
export function apiReference(): Reference {
  reference ??= readReference();
  return reference;
}
