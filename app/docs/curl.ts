import type { Parameter, ReferenceOperation } from "./reference.ts";

const UUID = "019ab0c4-5e1f-7c3a-9d52-6f0e8b7a4c11";

function exampleOf({ name, schema }: Parameter): string {
  const given = schema.examples?.[0] ?? schema.example;
  if (given !== undefined) return String(given);
  if (name === "code") return "PL";
  return schema.format === "uuid" ? UUID : `{${name}}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** JSON on one line where it fits beside the rest, else one member a line. */
function bodyOf(example: unknown): string {
  const short = JSON.stringify(example);
  return short.length <= 44 ? short : JSON.stringify(example, null, 2);
}

/** The operation as a command to paste into a shell, with the example's values. */
export function curlOf(operation: ReferenceOperation, origin: string): string {
  const { method, parameters, body } = operation;
  let path = operation.path;
  const lines: string[] = [];
  for (const parameter of parameters) {
    if (parameter.in === "path") path = path.replace(`{${parameter.name}}`, exampleOf(parameter));
    if (parameter.in === "header" && parameter.required) {
      lines.push(`-H ${quoted(`${parameter.name}: ${exampleOf(parameter)}`)}`);
    }
  }
  if (body !== null) {
    lines.push("-H 'Content-Type: application/json'", `-d ${quoted(bodyOf(body.example ?? {}))}`);
  }
  const verb = method === "get" || (method === "post" && body !== null) ? "" : ` -X ${method.toUpperCase()}`;
  return [`curl -s${verb} ${origin}${path}`, '-H "Authorization: Bearer $GANTRY_KEY"', ...lines].join(
    " \\\n  ",
  );
}
