"use client";

import { Checkbox, Group, NumberInput, Select } from "@mantine/core";
import { useState } from "react";
import { TriedNote } from "#app/(console)/[workspace]/dry-runs/tried-note.tsx";
import { backtest, changeRule } from "#app/(console)/[workspace]/threats/actions.ts";
import { DraftTrial } from "#app/(console)/[workspace]/threats/draft-trial.tsx";
import classes from "#app/(console)/[workspace]/threats/threats.module.css";
import { COUNTED, KINDS, PER, ruleWords } from "#app/(console)/[workspace]/threats/words.ts";
import { ConfirmForm } from "#components/confirm-form.tsx";
import { RelativeTime } from "#components/relative-time.tsx";
import type { Proposal } from "#lib/dryrun/schema.ts";
import type { Backtest } from "#lib/threats/rule-changes.ts";
import type { ThreatRule } from "#lib/threats/schema.ts";
import { BLOCK_KINDS, COUNTS_PER } from "#lib/threats/vocabulary.ts";

/** A rule's numbers as a dry run tried them. */
export type TriedRule = NonNullable<Proposal["threats"]>[number];
type Props = { slug: string; rule: ThreatRule; tried: TriedRule | null };
type Problem = (name: string) => string | undefined;

const MODES = [
  { value: "live", label: "Live: answers what it finds" },
  { value: "shadow", label: "Shadow: records only" },
  { value: "off", label: "Off" },
];
const ANSWERS = [
  { value: "watch", label: "Open an alert" },
  { value: "block", label: "Alert and block" },
  { value: "protect", label: "Alert and refuse payments" },
];
function withNumbers(rule: ThreatRule, tried: TriedRule | null): Partial<ThreatRule> {
  if (tried === null) return {};
  const { threshold, window_minutes, share = rule.share } = tried;
  const counts_per = COUNTS_PER.find((one) => one === tried.counts_per) ?? rule.counts_per;
  return { threshold, window_minutes, share, counts_per };
}

/** Edits a rule as a whole, or takes over what a dry run tried. A backtest says what the draft would have found before it is saved. */
export function RuleDialog({ slug, rule: saved, tried }: Props) {
  const rule = { ...saved, ...withNumbers(saved, tried) };
  return (
    <ConfirmForm
      trigger={{ label: "Edit", variant: "default", size: "xs" }}
      title={ruleWords(rule.rule)}
      action={changeRule.bind(null, slug)}
      hidden={{ rule: rule.rule, expected_version: rule.version }}
      reason={tried === null ? "optional" : "required"}
      startsOpen={tried !== null}
      submitLabel="Save"
      doneMessage={`${ruleWords(rule.rule)} is changed from the next run on`}
    >
      {(problem) => (
        <>
          {tried !== null && <TriedNote />}
          <Numbers rule={rule} problem={problem} />
          <Answer rule={rule} problem={problem} />
          <DraftTrial<Backtest>
            action={backtest.bind(null, slug)}
            label="What would this have done last week?"
          >
            {(found) => <Found found={found} />}
          </DraftTrial>
        </>
      )}
    </ConfirmForm>
  );
}

function Numbers({ rule, problem }: { rule: ThreatRule; problem: Problem }) {
  return (
    <>
      <Select
        label="Mode"
        name="mode"
        data={MODES}
        defaultValue={rule.mode}
        allowDeselect={false}
        error={problem("mode")}
      />
      <div className={classes.numbers}>
        <NumberInput
          label={`At least (${COUNTED[rule.rule]})`}
          name="threshold"
          defaultValue={rule.threshold}
          min={2}
          allowDecimal={false}
          error={problem("threshold")}
          hideControls
        />
        <NumberInput
          label="Within (minutes)"
          name="window_minutes"
          defaultValue={rule.window_minutes}
          min={1}
          max={10_080}
          allowDecimal={false}
          error={problem("window_minutes")}
          hideControls
        />
        {rule.share !== null && (
          <NumberInput
            label="Share of payments, 0 to 1"
            name="share"
            defaultValue={rule.share}
            min={0}
            max={1}
            decimalScale={4}
            error={problem("share")}
            hideControls
          />
        )}
      </div>
      {rule.counts_per === "device" ? (
        <input type="hidden" name="counts_per" value="device" />
      ) : (
        <Select
          label="Counted over"
          name="counts_per"
          data={PER}
          defaultValue={rule.counts_per}
          allowDeselect={false}
          error={problem("counts_per")}
        />
      )}
    </>
  );
}

function Answer({ rule, problem }: { rule: ThreatRule; problem: Problem }) {
  const [answer, setAnswer] = useState<string>(rule.answer);
  const isAboutPayments = rule.rule === "payment_burst" || rule.rule === "chargeback_burst";
  return (
    <>
      <Select
        label="Answer"
        name="answer"
        data={ANSWERS.filter(({ value }) => value !== "protect" || isAboutPayments)}
        value={answer}
        onChange={(value) => setAnswer(value ?? "watch")}
        allowDeselect={false}
        error={problem("answer")}
      />
      {answer === "block" && (
        <Group gap="md" role="group" aria-label="What to block">
          {BLOCK_KINDS.map((kind) => (
            <Checkbox
              key={kind}
              name="blocks[]"
              value={kind}
              label={KINDS[kind]}
              defaultChecked={rule.blocks.includes(kind) || (rule.blocks.length === 0 && kind !== "ip_range")}
            />
          ))}
        </Group>
      )}
      {answer === "watch" ? (
        <input type="hidden" name="answer_minutes" value={rule.answer_minutes} />
      ) : (
        <NumberInput
          label="The answer lasts (minutes)"
          name="answer_minutes"
          defaultValue={rule.answer_minutes}
          min={5}
          allowDecimal={false}
          error={problem("answer_minutes")}
          hideControls
        />
      )}
    </>
  );
}

function Found({ found: { entities, findings, finds } }: { found: Backtest }) {
  if (entities === 0) return <p className={classes.muted}>It would have found nothing in the last 7 days.</p>;
  return (
    <>
      <p>
        It would have found {entities} {entities === 1 ? "entity" : "entities"} in {findings}{" "}
        {findings === 1 ? "slot" : "slots"} of the last 7 days{entities > finds.length && ", the largest:"}
      </p>
      <ul className={classes.names}>
        {finds.map(({ entity, peak, peak_at, known }) => (
          <li key={entity}>
            {entity}: {peak}, <RelativeTime at={peak_at} />
            {!known && ", new"}
          </li>
        ))}
      </ul>
    </>
  );
}
