import { resolve } from "node:path";
import { capCheck } from "./cap-check.ts";
import { openPlace } from "./place.ts";
import { say } from "./table.ts";

// `npm run bench`: starts a Postgres of its own on a free port, measures each claim beside its peers, and takes everything away again.

say("Starting Postgres with durable settings …");
const place = await openPlace(resolve(import.meta.dirname, ".."));
try {
  await capCheck(place);
} finally {
  await place.close();
}
