"use client";

import { Button, type ButtonProps } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { ReactNode } from "react";
import { ConfirmDialog, type ConfirmDialogProps } from "#components/confirm-dialog.tsx";

type ConfirmFormProps = Omit<ConfirmDialogProps, "opened" | "onClose"> & {
  /** The button that opens the dialog. */
  trigger: Pick<ButtonProps, "variant" | "color" | "size" | "leftSection" | "disabled"> & {
    label: ReactNode;
  };
  /** Open from the start, for who followed a link to it. */
  startsOpen?: boolean;
};

/** A button that asks first: opens a `ConfirmDialog` and submits its server action. */
export function ConfirmForm({ trigger, startsOpen = false, ...dialog }: ConfirmFormProps) {
  const [opened, { open, close }] = useDisclosure(startsOpen);
  const { label, ...look } = trigger;
  return (
    <>
      <Button {...look} onClick={open} aria-haspopup="dialog">
        {label}
      </Button>
      <ConfirmDialog {...dialog} opened={opened} onClose={close} />
    </>
  );
}
