import { openApiDocument } from "#lib/openapi/document.ts";

/** The OpenAPI 3.1 document. Needs no key. */
export function GET(): Response {
  return new Response(JSON.stringify(openApiDocument()), {
    headers: { "content-type": "application/json", "cache-control": "public, max-age=300" },
  });
}
