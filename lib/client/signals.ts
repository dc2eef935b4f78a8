import type {
  CloudEvent,
  EventReport,
  MeasurementReport,
  MeasurementsInput,
  SubjectCountry,
} from "../signals/schema.ts";
import { MOST_REPORTS } from "../signals/vocabulary.ts";
import { ask, type Connection, GantryError } from "./request.ts";

/** A CloudEvent 1.0 to report. `source` and `id` name it: reported again, it counts once. */
export type ReportedEvent = Omit<CloudEvent, "specversion">;
export type ReportedMeasurement = MeasurementsInput["measurements"][number];

/** What a product reports, and what Gantry makes of it. Asks for a key with the scope signals.report. There is no fail mode: what could not be reported throws. */
export interface Signals {
  /**
   * Reports events, up to 1,000 a request, one request after another. Resolves once all are kept: how many were new, and by its place
   * in the list what was refused. Throws GantryError; then report the same events again, which counts none of them twice.
   */
  reportEvents(events: readonly ReportedEvent[]): Promise<EventReport>;
  /**
   * Reports measurements, up to 1,000 a request; each request is kept whole or not at all. The same name and time again is the last
   * value: give `at`, so that a retry is harmless to the second. Throws GantryError.
   */
  reportMeasurements(measurements: readonly ReportedMeasurement[]): Promise<MeasurementReport>;
  /** The country that a subject's events last reported; null when none did. Throws GantryError. */
  countryOfSubject(subject: string): Promise<SubjectCountry | null>;
}

/** What fits into a request's body, with room for what surrounds the list. */
const MOST_BYTES = 1_000_000;
const utf8 = new TextEncoder();

function batchesOf(items: readonly object[]): string[][] {
  const batches: string[][] = [];
  let room = 0;
  for (const item of items) {
    const json = JSON.stringify(item);
    const bytes = utf8.encode(json).byteLength + 1;
    let batch = batches.at(-1);
    if (batch === undefined || batch.length === MOST_REPORTS || bytes > room) {
      batch = [];
      batches.push(batch);
      room = MOST_BYTES;
    }
    batch.push(json);
    room -= bytes;
  }
  return batches;
}

async function reportEvents(connection: Connection, events: readonly ReportedEvent[]): Promise<EventReport> {
  const whole: EventReport = { accepted: 0, duplicates: 0, unknown: 0, rejected: [] };
  let before = 0;
  for (const batch of batchesOf(events.map((event) => ({ ...event, specversion: "1.0" })))) {
    const { body } = await ask<EventReport>(connection, "POST", "/api/v1/events", {
      json: `[${batch.join()}]`,
      contentType: "application/cloudevents-batch+json",
    });
    whole.accepted += body.accepted;
    whole.duplicates += body.duplicates;
    whole.unknown += body.unknown;
    for (const { index, errors } of body.rejected) whole.rejected.push({ index: before + index, errors });
    before += batch.length;
  }
  return whole;
}

async function reportMeasurements(
  connection: Connection,
  measurements: readonly ReportedMeasurement[],
): Promise<MeasurementReport> {
  const whole: MeasurementReport = { accepted: 0 };
  for (const batch of batchesOf(measurements)) {
    const json = `{"measurements":[${batch.join()}]}`;
    const { body } = await ask<MeasurementReport>(connection, "POST", "/api/v1/measurements", { json });
    whole.accepted += body.accepted;
  }
  return whole;
}

async function countryOfSubject(connection: Connection, subject: string): Promise<SubjectCountry | null> {
  const path = `/api/v1/subjects/${encodeURIComponent(subject)}/country`;
  try {
    return (await ask<SubjectCountry>(connection, "GET", path)).body;
  } catch (error) {
    if (error instanceof GantryError && error.code === "not_found") return null;
    throw error;
  }
}

/** The part of a client that reports. */
export function signals(connection: Connection): Signals {
  return {
    reportEvents: (events) => reportEvents(connection, events),
    reportMeasurements: (measurements) => reportMeasurements(connection, measurements),
    countryOfSubject: (subject) => countryOfSubject(connection, subject),
  };
}
