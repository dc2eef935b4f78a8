import {
  evidenceName,
  evidenceValue,
  readableEvidence,
} from "#app/(console)/[workspace]/alerts/evidence-words.ts";
import { DetailValue, type DetailWords } from "#components/detail-value.tsx";
import { RelativeTime } from "#components/relative-time.tsx";

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;
const WORDS: DetailWords = {
  name: evidenceName,
  value: (name, value) =>
    typeof value === "string" && TIME.test(value) ? <RelativeTime at={value} /> : evidenceValue(name, value),
};

/** What an alert or a pattern rests on, in words. */
export function Evidence({ of }: { of: Record<string, unknown> }) {
  return <DetailValue value={readableEvidence(of)} words={WORDS} />;
}
