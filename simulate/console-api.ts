import { z } from "zod";
import { type CapsInput, Country } from "#lib/launch/schema.ts";
import type { OpenPhase } from "#lib/launch/vocabulary.ts";
import { SimulationError } from "./options.ts";

const Countries = z.object({ data: z.array(Country) });
const Flags = z.object({ data: z.array(z.object({ key: z.string(), enabled: z.boolean() })) });
const Changed = z.object({ policy_version: z.int() });
const Problem = z.object({ code: z.string(), detail: z.string() });

/** The API refused a change of a country. */
export class ChangeRefused extends Error {
  override readonly name = "ChangeRefused";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The part of the REST API that lib/client leaves to operators: countries and flags. */
export class ConsoleApi {
  readonly #url: string;
  readonly #key: string;

  constructor(url: string, key: string) {
    this.#url = url;
    this.#key = key;
  }

  async countries(): Promise<Country[]> {
    return Countries.parse(await this.#ask("GET", "/api/v1/countries")).data;
  }

  async flags(): Promise<Map<string, boolean>> {
    const { data } = Flags.parse(await this.#ask("GET", "/api/v1/flags"));
    return new Map(data.map(({ key, enabled }) => [key, enabled]));
  }

  async list(countries: string[]): Promise<void> {
    await this.#ask("POST", "/api/v1/countries", { countries });
  }

  /** Resolves, like each change below, with the country's new policy version. */
  activate(code: string, phase: OpenPhase, caps: CapsInput, reason: string): Promise<number> {
    return this.#change("POST", `${code}/activate`, { phase, caps, reason });
  }

  setCaps(code: string, caps: CapsInput, reason: string, expectedVersion?: number): Promise<number> {
    return this.#change("PATCH", `${code}/caps`, { caps, reason, expected_version: expectedVersion });
  }

  pause(code: string, reason: string): Promise<number> {
    return this.#change("POST", `${code}/pause`, { reason });
  }

  resume(code: string, reason: string): Promise<number> {
    return this.#change("POST", `${code}/resume`, { reason });
  }

  async #change(method: string, path: string, body: object): Promise<number> {
    return Changed.parse(await this.#ask(method, `/api/v1/countries/${path}`, body)).policy_version;
  }

  async #ask(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(this.#url + path, {
      method,
      headers: { authorization: `Bearer ${this.#key}`, "content-type": "application/json" },
      signal: AbortSignal.timeout(15_000),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((cause: unknown) => {
      throw new SimulationError(`Nothing answers at ${this.#url}. Is npm start running?`, { cause });
    });
    const text = await response.text();
    if (response.ok) return JSON.parse(text);
    const problem = Problem.safeParse(text.startsWith("{") ? JSON.parse(text) : null);
    if (problem.success)
      throw new ChangeRefused(problem.data.code, `${method} ${path}: ${problem.data.detail}`);
    throw new SimulationError(
      `${method} ${this.#url}${path} was answered ${response.status}, and not by Gantry.`,
    );
  }
}
