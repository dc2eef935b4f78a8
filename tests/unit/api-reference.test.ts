import { expect, test } from "vitest";
import { curlOf } from "#app/docs/curl.ts";
import { kindOf, limitsOf } from "#app/docs/json-schema.ts";
import { apiReference } from "#app/docs/reference.ts";
import { OPERATIONS } from "#lib/openapi/operations.ts";

test("CON-11 the API reference shows every operation, with a command that needs nothing but a key", () => {
  const { groups, schemas } = apiReference();
  const shown = groups.flatMap(({ operations }) => operations);
  expect(shown.map(({ id }) => id).toSorted()).toEqual(OPERATIONS.map(({ id }) => id).toSorted());
  for (const operation of shown) {
    const command = curlOf(operation, "http://127.0.0.1:3000");
    expect(command).toContain('-H "Authorization: Bearer $GANTRY_KEY"');
    expect(command.split("\n")[0]).not.toContain("{");
    expect(command.includes("-d ")).toBe(operation.body !== null);
  }
  const ask = shown.find(({ id }) => id === "check_cap");
  expect(ask && curlOf(ask, "")).toContain("-H 'Idempotency-Key: sign-up-42'");
  expect(kindOf(ask?.body?.schema ?? {}, schemas)).toBe("CapCheck");
  expect(limitsOf(schemas.CapCheck?.properties?.units ?? {})).toEqual(["1 to 1,000,000", "default 1"]);
});
