import { resolve } from "node:path";
import { capCheck } from "./cap-check.ts";
import { removeNext } from "./next-app.ts";
import { openPlace } from "./place.ts";
import { say } from "./table.ts";

// `npm run bench`: starts a Postgres of its own on a free port, measures each claim beside its peers, and takes everything away again. It ends
// with 1 when a part failed; a target that was missed is only told.

const root = resolve(import.meta.dirname, "..");
say("Starting Postgres with durable settings, and building a Next app …");
const place = await openPlace(root);
try {
  const failed = await capCheck(place);
  if (failed.length > 0) {
    say(`\nFailed: ${failed.join("; ")}.`);
    process.exitCode = 1;
  }
} finally {
  removeNext(root);
  await place.close();
}
