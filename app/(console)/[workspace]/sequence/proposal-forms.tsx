"use client";

import { answer, propose } from "#app/(console)/[workspace]/sequence/actions.ts";
import classes from "#app/(console)/[workspace]/sequence/sequence.module.css";
import { ConfirmForm } from "#components/confirm-form.tsx";
import { phaseLabel } from "#components/phase-badge.tsx";
import type { Proposal, Step } from "#lib/sequence/sequence-page.ts";

/** Proposes a country's next move to somebody else. */
export function ProposeMove({ slug, step }: { slug: string; step: Step }) {
  const to = phaseLabel(step.move.to_phase ?? "soft");
  return (
    <ConfirmForm
      trigger={{ label: "Propose", size: "xs", variant: "default" }}
      title={`Propose ${step.name} for ${to}`}
      explanation="Somebody else who may approve has three days to answer. The gate is looked at again then."
      action={propose.bind(null, slug)}
      hidden={{ country: step.country }}
      submitLabel="Propose"
      doneMessage={`${step.name} is proposed`}
    />
  );
}

/** Approve and refuse. Whoever proposed it is told that somebody else approves. */
export function AnswerForms({ slug, name, proposal }: { slug: string; name: string; proposal: Proposal }) {
  const to = phaseLabel(proposal.to_phase);
  return (
    <div className={classes.buttons}>
      {proposal.mine ? (
        <span className={classes.muted}>You proposed it: somebody else approves.</span>
      ) : (
        <ConfirmForm
          trigger={{ label: "Approve", size: "xs" }}
          title={`Approve ${name} for ${to}`}
          explanation="The country moves at once, or in its next change window. Its caps rise to the phase's defaults where those are higher."
          action={answer.bind(null, slug)}
          hidden={{ id: proposal.id, approve: "true" }}
          reason="optional"
          submitLabel="Approve"
          doneMessage={`${name} is approved`}
        />
      )}
      <ConfirmForm
        trigger={{ label: "Refuse", size: "xs", variant: "default" }}
        title={`Refuse ${name} for ${to}`}
        explanation="It is not proposed again by itself for a week."
        action={answer.bind(null, slug)}
        hidden={{ id: proposal.id, approve: "false" }}
        submitLabel="Refuse"
        doneMessage={`${name} is refused`}
      />
    </div>
  );
}
