import type { ActionRow } from "./actions.ts";

const NOBODY = "00000000-0000-7000-8000-000000000000";
const LINKS = "app/(console)/[workspace]/campaigns/[id]/links-actions.ts";
const CAMPAIGNS = "app/(console)/[workspace]/campaigns/actions.ts";
const plan = {
  name: "Tried",
  country: "PL",
  starts_at: "2030-06-01T10:00:00Z",
  ends_at: "2030-06-08T10:00:00Z",
};
/** Of a campaign that there is none of. */
const campaign = (more: Record<string, unknown>): ActionRow => ({
  needs: "campaigns.manage",
  input: () => ({ ...more, id: NOBODY }),
  code: "not_found",
});
const link = { campaign: NOBODY, label: "Tried", destination: "https://example.com/" };

/** Planning a campaign; and actions on the links of one that there is none of: who may plan campaigns is told so, everybody else that they may not. */
export const CAMPAIGN_ACTIONS: Record<string, ActionRow> = {
  [`${CAMPAIGNS} create`]: { needs: "campaigns.manage", input: () => plan },
  [`${CAMPAIGNS} change`]: campaign({ ...plan, version: 1 }),
  [`${CAMPAIGNS} takeFit`]: campaign({ version: 1, shape: "even" }),
  [`${CAMPAIGNS} move`]: campaign({ version: 1, status: "scheduled" }),
  [`${CAMPAIGNS} duplicate`]: campaign({ name: "Tried again", starts_at: plan.starts_at }),
  [`${CAMPAIGNS} remove`]: campaign({ version: 1 }),
  [`${CAMPAIGNS} saveTask`]: {
    needs: "campaigns.manage",
    input: () => ({ campaign: NOBODY, title: "Tried" }),
    code: "not_found",
  },
  [`${CAMPAIGNS} importRows`]: {
    needs: "campaigns.manage",
    input: () => ({
      csv: "name,country,starts_at,ends_at\nTried,PL,2030-06-01T10:00:00Z,2030-06-08T10:00:00Z",
    }),
  },
  [`${LINKS} createTracked`]: { needs: "campaigns.manage", input: () => link, code: "not_found" },
  [`${LINKS} changeTracked`]: {
    needs: "campaigns.manage",
    input: () => ({ ...link, slug: "tried", expected_version: 1 }),
    code: "not_found",
  },
};
