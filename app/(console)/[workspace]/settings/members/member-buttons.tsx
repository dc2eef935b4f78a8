"use client";

import { RoleChoice, type RoleOption } from "#app/(console)/[workspace]/settings/members/role-choice.tsx";
import classes from "#app/(console)/[workspace]/settings/settings.module.css";
import { ConfirmForm } from "#components/confirm-form.tsx";
import type { FormAction } from "#components/form-state.ts";
import type { MemberRow } from "#lib/workspace/members.ts";

export type MemberButtonsProps = {
  row: MemberRow;
  roles: readonly RoleOption[];
  /** The reader's own id. */
  me: string;
  workspace: string;
  canManageOwners: boolean;
  /** The workspace has one owner: that one can neither step down nor go. */
  isLastOwner: boolean;
  changeRole: FormAction;
  remove: FormAction;
  leave: FormAction;
};

/** What can be done to one member: another role, removing, or, for oneself, leaving. */
export function MemberButtons(props: MemberButtonsProps) {
  const { row, me, workspace, canManageOwners } = props;
  const who = row.name ?? row.email;
  if (row.role === "owner" && props.isLastOwner)
    return <span className={classes.sub}>The only owner stays</span>;
  const mayChange = row.role !== "owner" || canManageOwners;
  return (
    <div className={classes.buttons}>
      {mayChange && (
        <ConfirmForm
          trigger={{ label: "Change role", variant: "default", size: "xs" }}
          title={`Role of ${who}`}
          explanation="It counts from their next click on."
          action={props.changeRole}
          hidden={{ id: row.id }}
          reason="none"
          submitLabel="Change role"
          doneMessage={`${who} has another role`}
        >
          {(problem) => <RoleChoice roles={props.roles} selected={row.role} error={problem("role")} />}
        </ConfirmForm>
      )}
      {row.id === me ? (
        <ConfirmForm
          trigger={{ label: "Leave", variant: "subtle", color: "red", size: "xs" }}
          title={`Leave ${workspace}?`}
          explanation="You lose access at once. Somebody who manages members can invite you again."
          action={props.leave}
          reason="none"
          danger
          submitLabel="Leave"
          doneMessage={`You left ${workspace}`}
        />
      ) : (
        mayChange && (
          <ConfirmForm
            trigger={{ label: "Remove", variant: "subtle", color: "red", size: "xs" }}
            title={`Remove ${who}?`}
            explanation={`They lose access to ${workspace} at once. What they did stays in the audit trail.`}
            action={props.remove}
            hidden={{ id: row.id }}
            reason="none"
            danger
            submitLabel="Remove"
            doneMessage={`${who} was removed`}
          />
        )
      )}
    </div>
  );
}
