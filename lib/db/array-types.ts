import type { PostgresType } from "postgres";

type Element = (text: string) => unknown;

/** Writes a list as Postgres reads an array of one dimension: {"a","b\"c",NULL}. */
function serialize(values: readonly unknown[]): string {
  const elements = values.map((value) => {
    if (value === null || value === undefined) return "NULL";
    const text = value instanceof Date ? value.toISOString() : String(value);
    return `"${text.replaceAll(/[\\"]/g, "\\$&")}"`;
  });
  return `{${elements.join(",")}}`;
}

/** Reads what Postgres writes for an array of one dimension. */
function parse(text: string, element: Element): unknown[] {
  const elements = text.slice(1, -1).matchAll(/"((?:[^"\\]|\\.)*)"|([^,]+)/g);
  return Array.from(elements, ([, quoted, bare]) => {
    if (quoted !== undefined) return element(quoted.replaceAll(/\\(.)/g, "$1"));
    return bare === "NULL" || bare === undefined ? null : element(bare);
  });
}

const asText: Element = (text) => text;

function arrayOf(oid: number, element: Element): PostgresType {
  return { to: oid, from: [oid], serialize, parse: (text: string) => parse(text, element) };
}

/**
 * How lists travel, by the array types' object ids. Given to the driver because it would otherwise ask the server for them on each
 * connection, in a promise that nobody awaits: a connection that dies at that moment would end the process.
 */
export const ARRAY_TYPES: Record<string, PostgresType> = {
  bool: arrayOf(1000, (text) => text === "t"),
  int2: arrayOf(1005, Number),
  int4: arrayOf(1007, Number),
  text: arrayOf(1009, asText),
  varchar: arrayOf(1015, asText),
  int8: arrayOf(1016, asText),
  float8: arrayOf(1022, Number),
  inet: arrayOf(1041, asText),
  date: arrayOf(1182, asText),
  timestamptz: arrayOf(1185, (text) => new Date(text)),
  numeric: arrayOf(1231, asText),
  uuid: arrayOf(2951, asText),
};
