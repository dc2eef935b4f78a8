"use client";

import { ActionIcon, Button, CopyButton as Copy, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";

type CopyButtonProps = {
  value: string;
  /** What is copied: "API key", "request id". */
  what: string;
  /** `icon` (default) or a button with words. */
  look?: "icon" | "button";
};

/** Puts a value on the clipboard and says so for two seconds. */
export function CopyButton({ value, what, look = "icon" }: CopyButtonProps) {
  return (
    <Copy value={value} timeout={2000}>
      {({ copied, copy }) => {
        const icon = copied ? <IconCheck size={15} /> : <IconCopy size={15} />;
        const label = copied ? "Copied" : `Copy ${what}`;
        if (look === "button") {
          return (
            <Button variant="default" leftSection={icon} onClick={copy} aria-live="polite">
              {label}
            </Button>
          );
        }
        return (
          <Tooltip label={label}>
            <ActionIcon onClick={copy} aria-label={label} aria-live="polite" size="md">
              {icon}
            </ActionIcon>
          </Tooltip>
        );
      }}
    </Copy>
  );
}
