import { z } from "zod";
import { FORECAST_BASES } from "./vocabulary.ts";

const Time = z.iso.datetime().meta({ description: "RFC 3339, UTC" });
const Expected = z
  .number()
  .nullable()
  .meta({ description: "Registrations asked for in the hour; null without history" });

export const ForecastHour = z
  .object({
    at: Time,
    p50: Expected,
    p90: Expected,
    campaigns: z.number().meta({ description: "What campaigns plan, within p50" }),
  })
  .meta({ id: "ForecastHour" });
export type ForecastHour = z.infer<typeof ForecastHour>;

export const CapTime = z
  .object({
    day: z.string().meta({ description: "The local day" }),
    starts_at: Time,
    ends_at: Time,
    cap: z.int(),
    used: z.int(),
    known: z.boolean().meta({ description: "Whether a forecast of the last three hours covers it" }),
    p50_at: Time.nullable().meta({ description: "When P50 reaches the cap; null: not before the day ends" }),
    p90_at: Time.nullable(),
  })
  .meta({ id: "CapTime" });
export type CapTime = z.infer<typeof CapTime>;

export const Coverage = z
  .object({
    days: z.int(),
    hours: z.int().meta({ description: "Hours that were held against forecasts" }),
    forecasts: z.int(),
    within_p50: z
      .number()
      .min(0)
      .max(1)
      .meta({ description: "Share of forecasts whose P50 demand did not exceed" }),
    within_p90: z.number().min(0).max(1),
    error: z
      .number()
      .nullable()
      .meta({ description: "How far P50 was off, as a share of demand; null without demand" }),
  })
  .meta({ id: "ForecastCoverage" });
export type Coverage = z.infer<typeof Coverage>;

/** A country's newest forecast. */
export const Forecast = z
  .object({
    country: z.string(),
    issued_at: Time.nullable().meta({ description: "Null: nothing has been issued in two days" }),
    basis: z.enum(FORECAST_BASES).meta({
      description: "What most hours stand on. `none`: not enough history, a full day at least",
    }),
    levelled: z.boolean().meta({ description: "Whether the level of the last week counts" }),
    hours: z.array(ForecastHour).meta({ description: "The hour under way and those after it, two days" }),
    cap_times: z.array(CapTime).meta({ description: "Today and tomorrow" }),
    coverage: z.array(Coverage).meta({
      description: "Over 7 and 28 days, of forecasts as they were issued. Empty until an hour was measured",
    }),
  })
  .meta({ id: "Forecast" });
export type Forecast = z.infer<typeof Forecast>;
