import type { TestDatabase } from "#tests/setup/database.ts";
import type { Workspace } from "#tests/setup/people.ts";
import { DELIVERY_RULES, furnishDelivery } from "./furnish-delivery.ts";
import { FORECAST_RULES, furnishForecast } from "./furnish-forecast.ts";
import { furnishLinks, LINK_RULES } from "./furnish-links.ts";
import { furnishLoad, LOAD_RULES } from "./furnish-load.ts";
import { furnishQueue, QUEUE_RULES } from "./furnish-queue.ts";
import { furnishRegions, REGION_RULES } from "./furnish-regions.ts";
import { furnishReports, REPORT_RULES } from "./furnish-reports.ts";
import { furnishSequence, SEQUENCE_RULES } from "./furnish-sequence.ts";
import { THREAT_RULES } from "./furnish-threats.ts";

/** Who reads which rows, a line for each domain: a part of the rules that row-level-security.test.ts explains. */
export const DOMAIN_RULES = {
  ...LINK_RULES,
  ...LOAD_RULES,
  ...QUEUE_RULES,
  ...DELIVERY_RULES,
  ...FORECAST_RULES,
  ...REGION_RULES,
  ...REPORT_RULES,
  ...SEQUENCE_RULES,
  ...THREAT_RULES,
} as const;

/** Puts rows of each domain into a workspace in which PL is listed and a key exists. */
export async function furnishDomains(db: TestDatabase, workspace: Workspace): Promise<void> {
  await furnishLinks(db, workspace);
  await furnishLoad(db, workspace);
  await furnishQueue(db, workspace);
  await furnishDelivery(db, workspace);
  await furnishForecast(db, workspace);
  await furnishRegions(db, workspace);
  await furnishReports(db, workspace);
  await furnishSequence(db, workspace);
}
