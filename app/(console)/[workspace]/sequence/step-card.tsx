import { Badge } from "@mantine/core";
import { IconCheck, IconQuestionMark, IconX } from "@tabler/icons-react";
import Link from "next/link";
import { metricText, metricWords } from "#app/(console)/[workspace]/regions/words.ts";
import { Checklist } from "#app/(console)/[workspace]/sequence/checklist.tsx";
import { AnswerForms, ProposeMove } from "#app/(console)/[workspace]/sequence/proposal-forms.tsx";
import classes from "#app/(console)/[workspace]/sequence/sequence.module.css";
import {
  DependencyDialog,
  RemoveStep,
  StepDialog,
} from "#app/(console)/[workspace]/sequence/step-dialogs.tsx";
import { MODE_WORDS, waitText, windowText } from "#app/(console)/[workspace]/sequence/words.ts";
import { PhaseBadge, phaseLabel } from "#components/phase-badge.tsx";
import { RelativeTime } from "#components/relative-time.tsx";
import type { Criterion, Proposal, SequencePage, Step } from "#lib/sequence/sequence-page.ts";

const LOOKS = {
  pass: ["green", IconCheck],
  fail: ["red", IconX],
  inconclusive: ["gray", IconQuestionMark],
} as const;

function CriterionBadge({ one }: { one: Criterion }) {
  const [color, Icon] = LOOKS[one.outcome];
  const bound = one.criterion === "safety_incidents" ? "at most" : "at least";
  return (
    <Badge tt="none" color={color} variant="light" leftSection={<Icon size={12} aria-hidden />}>
      {metricWords(one.criterion)} {metricText(one.criterion, one.worst, "")} ({bound}{" "}
      {metricText(one.criterion, one.threshold, "")}): {one.outcome}
    </Badge>
  );
}

type Props = { slug: string; step: Step; page: SequencePage; mayManage: boolean; mayApprove: boolean };
const UNDEFINED_MOVES: Partial<Record<Step["phase"], string>> = {
  alpha: "From alpha a person moves it on: no gate is defined for that.",
  public: "It is open to everybody.",
};

function Head({ slug, step }: { slug: string; step: Step }) {
  return (
    <div className={classes.head}>
      <h2 className={classes.name}>
        <Link href={`/${slug}/countries/${step.country}`}>{step.name}</Link>
      </h2>
      <PhaseBadge phase={step.phase} />
      <span className={classes.muted}>
        since <RelativeTime at={new Date(step.phase_since).toISOString()} />
      </span>
      <Badge tt="none" variant="outline" color="gray">
        Moves: {MODE_WORDS[step.mode].toLowerCase()}
      </Badge>
      {step.population_millions !== null && (
        <span className={classes.muted}>{step.population_millions} million people</span>
      )}
    </div>
  );
}

function NextMove({ step, nameOf }: { step: Step; nameOf: (code: string) => string }) {
  const { to_phase: to, waits, waits_window: isClosed, gate } = step.move;
  const ready = isClosed ? ", in its next change window" : ", and nothing stands against it";
  return (
    <>
      {to === null ? (
        <span className={classes.muted}>{UNDEFINED_MOVES[step.phase]}</span>
      ) : (
        <span>
          Next: <strong>{phaseLabel(to)}</strong>
          {waits.length === 0 && ready}
        </span>
      )}
      {waits.length > 0 && (
        <ul className={classes.waits}>
          {waits.map((wait) => (
            <li key={`${wait.code} ${wait.country ?? ""}`}>{waitText(wait, nameOf)}</li>
          ))}
        </ul>
      )}
      {gate !== null && (
        <div className={classes.buttons}>
          {gate.criteria.map((one) => (
            <CriterionBadge key={one.criterion} one={one} />
          ))}
        </div>
      )}
    </>
  );
}

function Pending({
  slug,
  step,
  proposal,
  mayApprove,
}: {
  slug: string;
  step: Step;
  proposal: Proposal;
  mayApprove: boolean;
}) {
  return (
    <div className={classes.proposal}>
      <p className={classes.line}>
        {proposal.state === "approved" ? "Approved to move to " : "Proposed to move to "}
        <strong>{phaseLabel(proposal.to_phase)}</strong> by {proposal.proposed_by ?? "the engine"},{" "}
        <RelativeTime at={new Date(proposal.proposed_at).toISOString()} />
        {proposal.reason !== null && `: ${proposal.reason}`}. Open until{" "}
        <RelativeTime at={new Date(proposal.expires_at).toISOString()} />.
      </p>
      {proposal.state === "open" && mayApprove && (
        <AnswerForms slug={slug} name={step.name} proposal={proposal} />
      )}
    </div>
  );
}

/** One country of the sequence: where it stands, where it goes next, and what that waits for. */
export function StepCard({ slug, step, page, mayManage, mayApprove }: Props) {
  const { move, proposal } = step;
  const nameOf = (code: string) => page.steps.find(({ country }) => country === code)?.name ?? code;
  const window = windowText(step);
  const isReady = move.to_phase !== null && move.waits.length === 0 && proposal === null;
  return (
    <>
      <Head slug={slug} step={step} />
      <NextMove step={step} nameOf={nameOf} />
      {window !== null && <span className={classes.muted}>Change window: {window}</span>}
      {proposal !== null && <Pending slug={slug} step={step} proposal={proposal} mayApprove={mayApprove} />}
      <div className={classes.buttons}>
        <Checklist slug={slug} step={step} items={page.items} mayManage={mayManage} />
        {mayManage && (
          <>
            {isReady && <ProposeMove slug={slug} step={step} />}
            <StepDialog slug={slug} step={step} version={page.version} />
            <DependencyDialog
              slug={slug}
              step={step}
              others={page.steps.filter(({ country }) => country !== step.country)}
              version={page.version}
            />
            <RemoveStep slug={slug} step={step} version={page.version} />
          </>
        )}
      </div>
    </>
  );
}
