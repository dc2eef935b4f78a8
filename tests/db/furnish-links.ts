import { actuals, attribute, click, clickId, newCampaign, newLink } from "#tests/setup/campaigns.ts";
import type { TestDatabase } from "#tests/setup/database.ts";
import { event, report } from "#tests/setup/event-rows.ts";
import { newKey, type Workspace } from "#tests/setup/people.ts";

/** Who reads which rows of tracked links: see RULES in row-level-security.test.ts. */
export const LINK_RULES = {
  "launch.attributions": { all: "campaigns.read" },
  "launch.campaign_actuals": { all: "campaigns.read" },
  "launch.campaign_days": { all: "campaigns.read" },
  "launch.campaign_tasks": { all: "campaigns.read" },
  "launch.campaigns": { all: "campaigns.read" },
  "launch.campaign_quotas": { all: "countries.read" },
  "launch.campaign_links": { all: "campaigns.read" },
  "launch.clicks": { all: "campaigns.read" },
  "launch.link_revenues": { all: "campaigns.read" },
  "launch.link_slots": { all: "campaigns.read" },
} as const;

/** A link that was followed to a purchase. */
export async function furnishLinks(db: TestDatabase, workspace: Workspace): Promise<void> {
  const campaign = await newCampaign(db, workspace);
  await db.owner`insert into launch.campaign_tasks (workspace_id, campaign_id, title, due_at)
    values (${workspace.id}, ${campaign}, 'Prepare support', now())`;
  await db.owner`insert into launch.campaign_quotas (campaign_id, workspace_id, counter_id, slug, units, day_on)
    select ${campaign}, ${workspace.id}, c.id, 'kept', 1, c.day_on from launch.counters c where c.workspace_id = ${workspace.id} order by c.id limit 1`;
  const link = await newLink(db, workspace, campaign);
  const id = clickId(Date.now() - 1000);
  await click(db, [{ id, link: link.id }]);
  const key = await newKey(db, workspace);
  const bought = {
    type: "purchase.completed",
    amountMinor: 100,
    currency: "EUR",
    data: JSON.stringify({ click_id: id }),
  };
  await report(db, key, [event(bought)]);
  await attribute(db, "-1 minute");
  const { purchases } = await actuals(db, campaign);
  if (purchases !== 1) throw new Error("the purchase was not attributed");
}
