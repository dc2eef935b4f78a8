import { readFile } from "node:fs/promises";
import { join } from "node:path";

// The package's own build for browsers: bundled again, it alone would take longer to build than the rest of the console.
const VIEWER = join(process.cwd(), "node_modules/@scalar/api-reference/dist/browser/standalone.js");

export const dynamic = "force-static";

/** The viewer of the docs page. Read once, when the console is built. */
export async function GET(): Promise<Response> {
  return new Response(await readFile(VIEWER), {
    headers: { "content-type": "text/javascript; charset=utf-8", "cache-control": "public, max-age=3600" },
  });
}
