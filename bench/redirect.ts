import { runJob, type Server } from "./children.ts";
import type { LoadJob } from "./load.ts";
import type { Result } from "./measure.ts";
import type { Place } from "./place.ts";

const SLUG = "bench-link";
const PHONE =
  "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36";

/** Makes the link that is followed, once. */
async function makeLink({ admin, asOwner, workspaceId }: Place): Promise<void> {
  const [known] = await admin`select from launch.campaign_links where slug = ${SLUG}`;
  if (known !== undefined) return;
  const [campaign] = await admin<{ id: string }[]>`
    insert into launch.campaigns (workspace_id, name, slug, country, starts_at, ends_at)
    values (${workspaceId}, 'Bench', 'bench', 'PL', now(), now() + interval '1 day') returning id`;
  await asOwner(
    (sql) =>
      sql`select launch.create_campaign_link(${workspaceId}, ${campaign?.id ?? ""}, ${SLUG}, 'Bench', 'https://example.com/app')`,
  );
}

/**
 * Follows the tracked link, or another address, over 64 connections, each time as another visitor, then stops the server. Every
 * click is written.
 */
export async function followLink(
  place: Place,
  start: () => Promise<Server>,
  { path = `/go/${SLUG}` }: { path?: string } = {},
): Promise<Result> {
  await makeLink(place);
  const server = await start();
  try {
    const job: LoadJob = {
      method: "GET",
      path,
      port: server.port,
      headers: [`User-Agent: ${PHONE}`, "X-Forwarded-For: {key}"],
      body: "",
      connections: 64,
      seconds: { warm: 2, measured: 4 },
    };
    return await runJob(place.root, "bench/load.ts", job, {});
  } finally {
    await server.stop();
  }
}
