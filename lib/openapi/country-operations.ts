import { z } from "zod";
import type { ErrorCode } from "#lib/errors.ts";
import {
  ActivateInput,
  AdvanceInput,
  ChangeCapsInput,
  Country,
  CountryParams,
  ListCountriesInput,
  PauseInput,
  ResumeInput,
  TimeZoneInput,
} from "#lib/launch/schema.ts";
import { type Operation, page } from "./operation.ts";

const Changed = z
  .object({ code: z.string(), phase: z.string(), policy_version: z.int() })
  .meta({ id: "CountryChange" });
const CHANGE_IDS = {
  activate: "activate_country",
  advance: "advance_country",
  resume: "resume_country",
  caps: "change_caps",
  "time-zone": "change_time_zone",
} as const;

function countryChange(
  move: keyof typeof CHANGE_IDS,
  differs: Pick<Operation, "summary" | "body" | "example"> & Partial<Pick<Operation, "method" | "scope">>,
  refuses: ErrorCode[] = [],
): Operation {
  return {
    method: "post",
    path: `/api/v1/countries/{code}/${move}`,
    tag: "Countries",
    id: CHANGE_IDS[move],
    scope: "countries.manage",
    params: CountryParams,
    answer: Changed,
    refuses: ["invalid_input", "not_found", "version_conflict", ...refuses],
    ...differs,
  };
}

/** Reading countries and changing them. */
export const COUNTRY_OPERATIONS: Operation[] = [
  {
    method: "get",
    path: "/api/v1/countries",
    tag: "Countries",
    id: "list_countries",
    summary: "Countries with their gates",
    scope: "countries.read",
    answer: page(Country),
    refuses: [],
  },
  {
    method: "post",
    path: "/api/v1/countries",
    tag: "Countries",
    id: "add_countries",
    summary: "List countries as not launched",
    scope: "countries.manage",
    body: ListCountriesInput,
    example: { countries: ["PL", "CZ", "SK"] },
    answer: z.object({ listed: z.int() }),
    refuses: ["invalid_input"],
  },
  {
    method: "get",
    path: "/api/v1/countries/{code}",
    tag: "Countries",
    id: "read_country",
    summary: "One country with its gates",
    scope: "countries.read",
    params: CountryParams,
    answer: Country,
    refuses: ["invalid_input", "not_found"],
  },
  {
    method: "delete",
    path: "/api/v1/countries/{code}",
    tag: "Countries",
    id: "remove_country",
    summary: "Take a country that was never activated off the list",
    scope: "countries.manage",
    params: CountryParams,
    refuses: ["invalid_input", "not_found", "illegal_transition"],
  },
  {
    method: "get",
    path: "/api/v1/countries/{code}/capacity",
    tag: "Countries",
    id: "read_capacity",
    summary: "What a country could still take",
    description: "A look: consumes nothing, promises nothing.",
    scope: "caps.check",
    params: CountryParams,
    answer: Country,
    refuses: ["invalid_input", "not_found"],
  },
  countryChange(
    "activate",
    {
      summary: "Open a country for the first time",
      body: ActivateInput,
      example: { phase: "soft", caps: { user: 1000 } },
    },
    ["illegal_transition"],
  ),
  countryChange(
    "advance",
    { summary: "Move a country forward", body: AdvanceInput, example: { phase: "public" } },
    ["illegal_transition", "reason_required"],
  ),
  {
    method: "post",
    path: "/api/v1/countries/{code}/pause",
    tag: "Countries",
    id: "pause_country",
    summary: "Stop a country at once",
    description: "Once this has answered, no later check is granted.",
    scope: "countries.pause",
    params: CountryParams,
    body: PauseInput,
    example: { reason: "Payments are failing" },
    answer: Changed,
    refuses: ["not_found", "illegal_transition"],
  },
  countryChange(
    "resume",
    { summary: "Reopen a paused country", body: ResumeInput, example: { reason: "Payments work again" } },
    ["illegal_transition"],
  ),
  countryChange(
    "caps",
    {
      method: "patch",
      summary: "Change caps without restarting the day",
      body: ChangeCapsInput,
      example: { caps: { user: 2000, amount: { minor: 5_000_000, currency: "PLN" } } },
    },
    ["illegal_transition"],
  ),
  countryChange("time-zone", {
    method: "put",
    summary: "Give the country another zone from its next day on",
    body: TimeZoneInput,
    example: { time_zone: "Europe/Warsaw" },
  }),
];
