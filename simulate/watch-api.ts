import { randomUUID } from "node:crypto";
import { z } from "zod";
import { Alert } from "#lib/alerts/schema.ts";
import { CapAnswer, Throttle } from "#lib/launch/schema.ts";
import type { CloudEvent } from "#lib/signals/schema.ts";
import { Api, ApiRefused } from "./api.ts";
import { SimulationError } from "./options.ts";

const Alerts = z.object({ data: z.array(Alert) });
const Report = z.object({ accepted: z.int(), rejected: z.array(z.unknown()) });

/** An event as a scenario tells it: who, where and, unless it is now, when. The rest is made up. */
export type Told = Pick<CloudEvent, "type"> & Partial<Pick<CloudEvent, "subject" | "time" | "data">>;

const BATCH = 1000;
const ASK_EVERY_MS = 5000;

/** The part of the API that watches: signals in, throttle and alerts out, jobs by hand, and single cap checks. */
export class WatchApi extends Api {
  readonly #askedAt = new Map<string, number>();

  /** Reports events. Throws SimulationError when one is not taken. */
  async report(events: readonly Told[]): Promise<void> {
    for (let at = 0; at < events.length; at += BATCH) {
      const batch = events.slice(at, at + BATCH).map((told) => ({
        specversion: "1.0",
        id: randomUUID(),
        source: "/simulate",
        ...told,
      }));
      const answer = await this.ask("POST", "/api/v1/events", batch, "application/cloudevents-batch+json");
      const { accepted, rejected } = Report.parse(answer);
      if (accepted !== batch.length) {
        throw new SimulationError(
          `${batch.length - accepted} of ${batch.length} events were not taken: ${JSON.stringify(rejected[0])}`,
        );
      }
    }
  }

  async measure(name: string, value: number): Promise<void> {
    await this.ask("POST", "/api/v1/measurements", { measurements: [{ name, value }] });
  }

  async throttle(): Promise<z.infer<typeof Throttle>> {
    return Throttle.parse(await this.ask("GET", "/api/v1/throttle"));
  }

  /** The newest alerts of a kind that are not resolved. */
  async openAlerts(kind: Alert["kind"]): Promise<Alert[]> {
    return Alerts.parse(await this.ask("GET", `/api/v1/alerts?status=unresolved&kind=${kind}&limit=200`))
      .data;
  }

  async alert(id: string): Promise<Alert> {
    return Alert.parse(await this.ask("GET", `/api/v1/alerts/${id}`));
  }

  /** Asks for a run of a job, at most every five seconds; when one is under way already, that one will do. */
  async run(job: string): Promise<void> {
    const now = performance.now();
    if (now - (this.#askedAt.get(job) ?? Number.NEGATIVE_INFINITY) < ASK_EVERY_MS) return;
    this.#askedAt.set(job, now);
    try {
      await this.ask("POST", `/api/v1/jobs/${job}/runs`);
    } catch (error) {
      if (!(error instanceof ApiRefused) || error.code !== "illegal_transition") throw error;
    }
  }
}

/** Asks for single cap checks. */
export class CheckApi {
  readonly #url: string;
  readonly #key: string;

  constructor(url: string, key: string) {
    this.#url = url;
    this.#key = key;
  }

  /** One check under a key of its own. */
  async check(question: object): Promise<CapAnswer> {
    const response = await fetch(`${this.#url}/api/v1/cap-checks`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${this.#key}`,
        "content-type": "application/json",
        "idempotency-key": randomUUID(),
      },
      body: JSON.stringify(question),
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) throw new SimulationError(`A cap check was answered ${response.status}.`);
    return CapAnswer.parse(await response.json());
  }
}
