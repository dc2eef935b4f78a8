import { z } from "zod";
import {
  CloudEvent,
  CloudEventBatch,
  EventAttributes,
  EventData,
  EventReport,
  MeasurementReport,
  MeasurementsInput,
  SubjectCountry,
  SubjectParams,
} from "#lib/signals/schema.ts";
import type { Operation } from "./operation.ts";

const { id, source, type, specversion, time, subject } = EventAttributes.shape;

/** The attributes of one event in binary mode. */
const attributeHeaders = z.object({
  "ce-specversion": specversion.optional(),
  "ce-id": id.optional(),
  "ce-source": source.optional(),
  "ce-type": type.optional(),
  "ce-time": time,
  "ce-subject": subject,
});

const purchase = {
  specversion: "1.0",
  id: "order-1001",
  source: "/shop/checkout",
  type: "purchase.completed",
  time: "2026-11-24T06:30:00Z",
  subject: "account-42",
  data: { country: "PL", amount: { minor: 499, currency: "PLN" } },
};
const registration = {
  specversion: "1.0",
  id: "sign-up-7",
  source: "/accounts",
  type: "registration.completed",
  subject: "account-43",
  data: { country: "IT", device: "device-9", ip: "192.0.2.7" },
};

/** Reporting events and measurements. */
export const SIGNALS_OPERATIONS: Operation[] = [
  {
    method: "post",
    path: "/api/v1/events",
    tag: "Signals",
    id: "report_events",
    summary: "Report what happened",
    description: `CloudEvents 1.0 over HTTP: one event in binary mode (attributes in \`ce-\` headers, the body is its data) or structured, or a batch
of up to 1,000. An event is taken once by \`source\` and \`id\`, so send again whenever an answer was lost: a repeat within 48 hours is a duplicate with or
without \`time\`, and with the same \`time\` for as long as events are kept.

A bad event in a batch is named by its place and the others are kept; a single bad event is a 400. Events of a type that is not ours are counted per
type and day and not kept. A late event counts in the hour in which it happened.`,
    scope: "signals.report",
    headers: attributeHeaders,
    body: EventData,
    example: purchase.data,
    bodies: {
      "application/cloudevents+json": { schema: CloudEvent, example: purchase },
      "application/cloudevents-batch+json": { schema: CloudEventBatch, example: [purchase, registration] },
    },
    status: 202,
    answer: EventReport,
    answerExample: { accepted: 2, duplicates: 0, unknown: 0, rejected: [] },
    refuses: ["invalid_input"],
  },
  {
    method: "post",
    path: "/api/v1/measurements",
    tag: "Signals",
    id: "report_measurements",
    summary: "Report how much of something there is",
    description:
      "Up to 1,000 at once, all or nothing. The same name and time again is the last value, so sending again is harmless.",
    scope: "signals.report",
    body: MeasurementsInput,
    example: { measurements: [{ name: "webrtc_sessions", value: 8120 }] },
    status: 202,
    answer: MeasurementReport,
    answerExample: { accepted: 1 },
    refuses: ["invalid_input"],
  },
  {
    method: "get",
    path: "/api/v1/subjects/{subject}/country",
    tag: "Signals",
    id: "read_subject_country",
    summary: "The country a subject was last seen in",
    description: `As its events last reported it: of the accepted events with this \`subject\` and a \`data.country\`, the one that happened last, which is
told apart to the hour. A subject that no event placed within 120 days is not found.`,
    scope: "signals.report",
    params: SubjectParams,
    answer: SubjectCountry,
    answerExample: { subject: "account-42", country: "PL", reported_at: "2026-11-24T06:30:00.000Z" },
    refuses: ["invalid_input", "not_found"],
  },
];
