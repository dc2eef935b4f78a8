"use client";

import { ActionIcon, Modal, Tooltip } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconQrcode } from "@tabler/icons-react";
import { encode } from "uqr";
import classes from "#app/(console)/[workspace]/campaigns/[id]/links.module.css";
import { CopyButton } from "#components/copy-button.tsx";

type Props = { url: string; label: string };

/** Dark on white in both schemes: cameras read it that way. */
function Drawing({ url, label }: Props) {
  const { data, size } = encode(url, { ecc: "M", border: 4 });
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      className={classes.code}
      role="img"
      aria-label={`QR code of ${label}`}
    >
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}

/** A button that shows a link's address as a QR code, to print. */
export function QrCode({ url, label }: Props) {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Tooltip label="QR code">
        <ActionIcon
          variant="default"
          size={30}
          onClick={open}
          aria-haspopup="dialog"
          aria-label={`QR code of ${label}`}
        >
          <IconQrcode size={17} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Modal
        opened={opened}
        onClose={close}
        title={<strong>{label}</strong>}
        closeButtonProps={{ "aria-label": "Close" }}
        attributes={{ header: { role: "presentation" } }}
        centered
      >
        <Drawing url={url} label={label} />
        <p className={classes.address}>
          {url}
          <CopyButton value={url} what="the address" />
        </p>
      </Modal>
    </>
  );
}
