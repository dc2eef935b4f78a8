"use client";

import { Alert, Button } from "@mantine/core";
import { IconShieldCheck, IconShieldX } from "@tabler/icons-react";
import { useActionState } from "react";
import classes from "#app/(console)/[workspace]/audit/audit.module.css";
import { ActionForm } from "#components/action-form.tsx";
import { CopyButton } from "#components/copy-button.tsx";
import { type FormAction, formProblem } from "#components/form-state.ts";
import { formatCount } from "#components/number-format.ts";
import { RelativeTime } from "#components/relative-time.tsx";
import type { Verification } from "#lib/workspace/audit.ts";

type Verified = Verification & { head: { sequence: number; hash: string } | null; at: string };
type Props = { action: FormAction<Verified>; slug: string };

/** Verifies the chain on request and shows the head to keep elsewhere. */
export function VerifyPanel({ action, slug }: Props) {
  const [state, submit, pending] = useActionState(action, {});
  const problem = formProblem(state);
  return (
    <section className={classes.verify} aria-label="Verification">
      <ActionForm action={submit} className={classes.verifyForm}>
        <p>
          Recompute every hash from the first entry on. Keep the head somewhere else: it proves later that the
          end wasn't cut off.
        </p>
        <Button type="submit" variant="default" loading={pending} leftSection={<IconShieldCheck size={16} />}>
          Verify
        </Button>
      </ActionForm>
      <div role="status" className={classes.verified}>
        {problem !== undefined && <Alert color="red">{problem}</Alert>}
        {state.data !== undefined && <Result found={state.data} slug={slug} />}
      </div>
    </section>
  );
}

function Result({ found, slug }: { found: Verified; slug: string }) {
  const { checked, firstBad, problem, head, at } = found;
  if (firstBad !== null || problem !== null) {
    return (
      <Alert
        color="red"
        icon={<IconShieldX />}
        title={`The chain is broken at entry ${firstBad ?? "?"}: ${problem}`}
      >
        {formatCount(checked)} entries before it hold. Compare with an export or a head you kept, and tell
        whoever runs the database.
      </Alert>
    );
  }
  const kept = head === null ? "" : `${head.sequence}:${head.hash}`;
  return (
    <Alert color="green" icon={<IconShieldCheck />} title={`${formatCount(checked)} entries, all in order`}>
      Verified <RelativeTime at={at} show="stamp" />. The head to keep:
      <span className={classes.head}>
        <code>{kept}</code>
        <CopyButton value={kept} what="head" />
      </span>
      To verify from outside the database:{" "}
      <code>
        npm run audit:verify -- --workspace {slug} --expect {"<head>"}
      </code>
    </Alert>
  );
}
