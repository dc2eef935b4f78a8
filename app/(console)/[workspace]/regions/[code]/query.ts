import { z } from "zod";
import { KPI_NAMES, KPI_SPANS } from "#lib/regions/vocabulary.ts";

/** What a region's page shows, as its address says it. `of` is a KPI, or revenue in one of the country's own currencies. */
export const RegionQuery = z.object({
  span: z.enum(KPI_SPANS).catch("24h"),
  of: z.union([z.enum(KPI_NAMES), z.string().regex(/^revenue:[A-Z]{3}$/)]).catch("active_users"),
});
export type RegionQuery = z.infer<typeof RegionQuery>;
