/** What an hour's forecast stands on: the same local hour of the week, of the day, or nothing yet. A test holds it equal to the table's own check. */
export const FORECAST_BASES = ["hour_of_week", "hour_of_day", "none"] as const;
export type ForecastBasis = (typeof FORECAST_BASES)[number];
