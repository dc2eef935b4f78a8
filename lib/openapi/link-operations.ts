import { z } from "zod";
import {
  CampaignLink,
  CampaignParams,
  ClicksInput,
  ClicksReport,
  LinkChange,
  LinkInput,
} from "#lib/links/schema.ts";
import { type Operation, page } from "./operation.ts";

const path = "/api/v1/campaigns/{id}/links";

/** Tracked links of campaigns, and clicks that a product's own redirect counted. */
export const LINK_OPERATIONS: Operation[] = [
  {
    method: "get",
    path,
    tag: "Campaigns",
    id: "list_campaign_links",
    summary: "A campaign's tracked links with what they brought",
    description: `Clicks are people's; programs and prefetches are counted as bots. An install, a registration, a creator or a purchase belongs to the last
touch before it: an install within 7 days, the later steps within 30. Each counts once.`,
    scope: "campaigns.read",
    params: CampaignParams,
    answer: page(CampaignLink).extend({
      next_cursor: z.null().meta({ description: "All of them come at once: a campaign has 100 at most" }),
    }),
    refuses: ["invalid_input", "not_found"],
  },
  {
    method: "post",
    path,
    tag: "Campaigns",
    id: "create_campaign_link",
    summary: "Make a tracked link",
    description: `\`/go/{slug}\` leads to the destination with \`gty_click\` in its query. Hand that id on: an event that carries it as \`data.click_id\` belongs to the
click, and what its device and account do later follows. While the campaign's country is full, paused or throttled the link leads to \`waiting_url\`, or says itself when it opens.`,
    scope: "campaigns.manage",
    params: CampaignParams,
    body: LinkInput,
    example: { label: "Story of 1 June", destination: "https://example.com/app" },
    answer: CampaignLink,
    refuses: ["invalid_input", "not_found", "duplicate", "illegal_transition"],
  },
  {
    method: "patch",
    path,
    tag: "Campaigns",
    id: "change_campaign_link",
    summary: "Change a tracked link",
    description:
      "What is left out stays; `waiting_url: null` takes it away. A change holds for whoever follows the link within two seconds.",
    scope: "campaigns.manage",
    params: CampaignParams,
    body: LinkChange,
    example: { slug: "ania-summer", active: false },
    answer: CampaignLink,
    refuses: ["invalid_input", "not_found", "version_conflict"],
  },
  {
    method: "post",
    path: "/api/v1/campaigns/{id}/clicks",
    tag: "Campaigns",
    id: "report_clicks",
    summary: "Report clicks that your own redirect counted",
    description: `Up to 1,000 at a time. A click's id is a UUID of version 7 that you draw when it happens: its time is the one in the id, and sent again it is a
duplicate. A wrong click is named by its place and the others are kept. Report a click before the events that name it, or within half a minute after them.`,
    scope: "campaigns.track",
    params: CampaignParams,
    body: ClicksInput,
    example: { clicks: [{ id: "019789ab-cdef-7012-8345-6789abcdef01", country: "PL" }] },
    answer: ClicksReport,
    refuses: ["invalid_input", "not_found"],
  },
];
