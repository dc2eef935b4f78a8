import Papa from "papaparse";
import type { Tx } from "#lib/db/service.ts";
import { createCampaign } from "./campaigns.ts";
import { CampaignForm } from "./forms.ts";
import { slugOf } from "./slug-of.ts";

const MOST = 500;
const COLUMNS = ["name", "country", "starts_at", "ends_at"];

/** What an import came to: how many drafts it made, and each refused row by its place below the header. */
export type CampaignImport = { made: number; refusals: { row: number; name: string; problem: string }[] };

type Parsed = { plans: CampaignForm[]; refusals: CampaignImport["refusals"] } | { problem: string };

const DAY = 86_400_000;
const LONGEST = 92 * DAY;

function windowProblem({
  starts_at: from,
  ends_at: to,
}: {
  starts_at: string;
  ends_at: string;
}): string | null {
  const length = Date.parse(to) - Date.parse(from);
  if (length <= 0) return "ends_at: Later than it starts.";
  return length > LONGEST ? "ends_at: Within three months of its start." : null;
}

const issueText = (issue: { path: PropertyKey[]; message: string } | undefined): string | null =>
  issue === undefined ? null : `${issue.path.join(".")}: ${issue.message}`;

/** Reads a CSV of campaigns, the columns as an export names them, in any order. A row that isn't one is named; the others are kept. */
export function parseCampaigns(text: string): Parsed {
  const { data, meta } = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, ""), {
    header: true,
    skipEmptyLines: "greedy",
    transformHeader: (name) => name.trim().toLowerCase().replace(/\s+/g, "_"),
    transform: (value) => value.trim().replace(/^'(?='*[=+\-@])/, ""),
  });
  const missing = COLUMNS.filter((name) => !(meta.fields ?? []).includes(name));
  if (missing.length > 0)
    return { problem: `The first line must name the columns: ${missing.join(", ")} missing.` };
  if (data.length > MOST) return { problem: "A file has at most 500 rows. Split it." };
  const refusals: CampaignImport["refusals"] = [];
  const plans = data.flatMap((row, index) => {
    const filled = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== ""));
    const parsed = CampaignForm.safeParse(filled);
    const problem = parsed.success ? windowProblem(parsed.data) : issueText(parsed.error.issues[0]);
    if (parsed.success && problem === null) return parsed.data;
    refusals.push({ row: index + 1, name: row.name ?? "", problem: problem ?? "" });
    return [];
  });
  return { plans, refusals };
}

/** Makes a draft of each plan. Throws invalid_input, forbidden; then nothing is made. */
export async function importCampaigns(
  tx: Tx,
  workspaceId: string,
  plans: readonly CampaignForm[],
): Promise<number> {
  for (const plan of plans) await createCampaign(tx, workspaceId, inputOf(plan));
  return plans.length;
}

/** A form's plan as a campaign is made of it. */
export function inputOf(plan: CampaignForm): Parameters<typeof createCampaign>[2] {
  const { cost_currency: _, ...rest } = plan;
  return { ...rest, slug: slugOf(plan.name), template: false };
}
