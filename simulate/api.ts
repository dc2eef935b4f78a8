import { z } from "zod";
import { SimulationError } from "./options.ts";

const Problem = z.object({ code: z.string(), detail: z.string() });

/** The API refused what was asked. */
export class ApiRefused extends Error {
  override readonly name = "ApiRefused";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The REST API at an address, with a key. */
export class Api {
  readonly #url: string;
  readonly #key: string;

  constructor(url: string, key: string) {
    this.#url = url;
    this.#key = key;
  }

  /** Asks once. Throws ApiRefused for a problem, SimulationError when nothing or something else answers. */
  async ask(method: string, path: string, body?: object, type = "application/json"): Promise<unknown> {
    const response = await fetch(this.#url + path, {
      method,
      headers: { authorization: `Bearer ${this.#key}`, "content-type": type },
      signal: AbortSignal.timeout(15_000),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((cause: unknown) => {
      throw new SimulationError(`Nothing answers at ${this.#url}. Is npm start running?`, { cause });
    });
    const text = await response.text();
    if (response.ok) return JSON.parse(text);
    const problem = Problem.safeParse(text.startsWith("{") ? JSON.parse(text) : null);
    if (problem.success) throw new ApiRefused(problem.data.code, `${method} ${path}: ${problem.data.detail}`);
    throw new SimulationError(
      `${method} ${this.#url}${path} was answered ${response.status}, and not by Gantry.`,
    );
  }
}
