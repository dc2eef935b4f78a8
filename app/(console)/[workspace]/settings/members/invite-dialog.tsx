"use client";

import { Alert, Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconMailForward, IconUserPlus } from "@tabler/icons-react";
import { useActionState } from "react";
import { RoleChoice, type RoleOption } from "#app/(console)/[workspace]/settings/members/role-choice.tsx";
import classes from "#app/(console)/[workspace]/settings/settings.module.css";
import { ActionForm } from "#components/action-form.tsx";
import { CopyButton } from "#components/copy-button.tsx";
import { type FormAction, fieldProblem, formProblem } from "#components/form-state.ts";

type Invited = { link: string; email: string };
type Props = { action: FormAction<Invited>; roles: readonly RoleOption[] };

/** The button and dialog that invite somebody by e-mail; afterwards it shows the link. */
export function InviteDialog({ action, roles }: Props) {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button leftSection={<IconUserPlus size={16} />} onClick={open} aria-haspopup="dialog">
        Invite
      </Button>
      <Modal opened={opened} onClose={close} title="Invite somebody">
        <InviteForm action={action} roles={roles} onClose={close} />
      </Modal>
    </>
  );
}

function InviteForm({ action, roles, onClose }: Props & { onClose: () => void }) {
  const [state, submit, pending] = useActionState(action, {});
  if (state.data !== undefined) return <InvitationSent {...state.data} onClose={onClose} />;
  const problem = formProblem(state);
  return (
    <ActionForm action={submit} noValidate>
      <Stack gap="md">
        {problem !== undefined && fieldProblem(state, "email") === undefined && (
          <Alert color="red" role="alert">
            {problem}
          </Alert>
        )}
        <TextInput
          label="E-mail"
          name="email"
          type="email"
          autoComplete="off"
          placeholder="name@example.com"
          error={fieldProblem(state, "email")}
          required
          withAsterisk={false}
          data-autofocus
        />
        <RoleChoice roles={roles} selected="viewer" error={fieldProblem(state, "role")} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} disabled={pending}>
            Cancel
          </Button>
          <Button type="submit" loading={pending}>
            Send invitation
          </Button>
        </Group>
      </Stack>
    </ActionForm>
  );
}

function InvitationSent({ link, email, onClose }: Invited & { onClose: () => void }) {
  return (
    <div role="status">
      <Alert color="green" icon={<IconMailForward />} title="Invitation queued">
        A mail to {email} is on its way. You can also hand over the link yourself; it works only for that
        address.
        <code className={classes.link}>{link}</code>
      </Alert>
      <Group justify="flex-end" gap="xs" mt="md">
        <CopyButton value={link} what="link" look="button" />
        <Button onClick={onClose}>Done</Button>
      </Group>
    </div>
  );
}
