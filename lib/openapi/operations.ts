import { z } from "zod";
import type { ErrorCode } from "#lib/errors.ts";
import {
  ActivateInput,
  AdvanceInput,
  CapAnswer,
  CapCheck,
  CapCheckBatch,
  CapCheckId,
  ChangeCapsInput,
  Country,
  CountryParams,
  IdempotencyKey,
  ListCountriesInput,
  PauseInput,
  Receipt,
  ResumeInput,
  Settlement,
  Throttle,
  TimeZoneInput,
} from "#lib/launch/schema.ts";
import { Problem } from "#lib/problem.ts";
import type { Scope } from "#lib/workspace/vocabulary.ts";

/** One operation of the API as it is documented. The schemas are those that parse the requests. */
export interface Operation {
  method: "get" | "post" | "put" | "patch" | "delete";
  path: string;
  tag: string;
  id: string;
  summary: string;
  description?: string;
  scope: Scope;
  params?: z.ZodObject;
  headers?: z.ZodObject;
  body?: z.ZodType;
  /** A body to try. */
  example?: object;
  /** The answer's schema; none for 204. */
  answer?: z.ZodType;
  decides?: boolean;
  refuses: ErrorCode[];
}

const page = (item: z.ZodType) => z.object({ data: z.array(item), next_cursor: z.string().nullable() });
const Changed = z
  .object({ code: z.string(), phase: z.string(), policy_version: z.int() })
  .meta({ id: "CountryChange" });
const Flag = z
  .object({
    key: z.string(),
    enabled: z.boolean(),
    version: z.int(),
    updated_at: z.string(),
    description: z.string(),
  })
  .meta({ id: "Flag" });
const keyHeader = z.object({
  "Idempotency-Key": IdempotencyKey.meta({
    description:
      "Quoted or bare, at most 255 characters. Seen again within 48 hours it gets the recorded answer and consumes nothing.",
  }),
});

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

/** Every operation of /api/v1, in the order the docs page shows them. A test holds it against the routes. */
export const OPERATIONS: Operation[] = [
  {
    method: "post",
    path: "/api/v1/cap-checks",
    tag: "Cap checks",
    id: "check_cap",
    summary: "Ask whether something may happen",
    description:
      "Takes the units when it may. The answer is sent after its commit. A refusal is an answer (200), not an error; an error (503) is never a refusal.",
    scope: "caps.check",
    headers: keyHeader,
    body: CapCheck,
    example: { country: "PL", operation: "user", subject: "account-42", hold_seconds: 600 },
    answer: CapAnswer,
    decides: true,
    refuses: [
      "invalid_input",
      "idempotency_key_required",
      "amount_required",
      "currency_mismatch",
      "key_reused",
    ],
  },
  {
    method: "post",
    path: "/api/v1/cap-checks/batch",
    tag: "Cap checks",
    id: "check_caps",
    summary: "Ask up to 1,000 checks",
    description:
      "Each with its own key, answered in order. One check's misuse is its own problem and does not touch the others.",
    scope: "caps.check",
    body: CapCheckBatch,
    example: {
      checks: [
        {
          idempotency_key: "order-1001",
          country: "PL",
          operation: "payment",
          amount: { minor: 499, currency: "PLN" },
        },
        { idempotency_key: "sign-up-7", country: "IT", operation: "user" },
      ],
    },
    answer: z.object({ data: z.array(z.union([CapAnswer, z.object({ problem: Problem })])) }),
    refuses: ["invalid_input"],
  },
  {
    method: "get",
    path: "/api/v1/cap-checks/{id}",
    tag: "Cap checks",
    id: "read_receipt",
    summary: "Read a receipt, explained",
    scope: "caps.check",
    params: CapCheckId,
    answer: Receipt,
    refuses: ["invalid_input", "not_found"],
  },
  {
    method: "post",
    path: "/api/v1/cap-checks/{id}/commit",
    tag: "Cap checks",
    id: "commit_reservation",
    summary: "Keep a reservation's units",
    description: "Fails with 409 once the lease has ended: its units were returned.",
    scope: "caps.check",
    params: CapCheckId,
    answer: Settlement,
    refuses: ["invalid_input", "not_found", "reservation_conflict"],
  },
  {
    method: "post",
    path: "/api/v1/cap-checks/{id}/release",
    tag: "Cap checks",
    id: "release_reservation",
    summary: "Give a reservation's units back",
    description: "Once, to the day they came from, however often it is asked.",
    scope: "caps.check",
    params: CapCheckId,
    answer: Settlement,
    refuses: ["invalid_input", "not_found", "reservation_conflict"],
  },
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
  {
    method: "get",
    path: "/api/v1/throttle",
    tag: "Throttle",
    id: "read_throttle",
    summary: "The throttle level in force",
    scope: "throttle.read",
    answer: Throttle,
    refuses: [],
  },
  {
    method: "get",
    path: "/api/v1/flags",
    tag: "Flags",
    id: "list_flags",
    summary: "The workspace's flags",
    scope: "flags.read",
    answer: page(Flag),
    refuses: [],
  },
];
