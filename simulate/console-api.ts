import { z } from "zod";
import { type CapsInput, Country } from "#lib/launch/schema.ts";
import type { OpenPhase } from "#lib/launch/vocabulary.ts";
import { Api } from "./api.ts";

const Countries = z.object({ data: z.array(Country) });
const Flags = z.object({ data: z.array(z.object({ key: z.string(), enabled: z.boolean() })) });
const Changed = z.object({ policy_version: z.int() });

/** The part of the REST API that lib/client leaves to operators: countries and flags. */
export class ConsoleApi extends Api {
  async countries(): Promise<Country[]> {
    return Countries.parse(await this.ask("GET", "/api/v1/countries")).data;
  }

  async flags(): Promise<Map<string, boolean>> {
    const { data } = Flags.parse(await this.ask("GET", "/api/v1/flags"));
    return new Map(data.map(({ key, enabled }) => [key, enabled]));
  }

  async list(countries: string[]): Promise<void> {
    await this.ask("POST", "/api/v1/countries", { countries });
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
    return Changed.parse(await this.ask(method, `/api/v1/countries/${path}`, body)).policy_version;
  }
}
