import { Forecast } from "#lib/forecast/schema.ts";
import { CountryParams } from "#lib/launch/schema.ts";
import type { Operation } from "./operation.ts";

/** Forecasts of demand. */
export const FORECAST_OPERATIONS: Operation[] = [
  {
    method: "get",
    path: "/api/v1/countries/{code}/forecast",
    tag: "Countries",
    id: "read_forecast",
    summary: "What a country's demand will be over two days",
    description:
      "Demand is registrations asked for, granted or refused. The newest forecast as it was issued, when it reaches the cap, and how often forecasts held.",
    scope: "countries.read",
    params: CountryParams,
    answer: Forecast,
    refuses: ["invalid_input", "not_found"],
  },
];
