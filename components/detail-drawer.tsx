"use client";

import { Drawer } from "@mantine/core";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";

type DetailDrawerProps = {
  title: string;
  /** The page's address without what is open in it. */
  closeHref: string;
  children: ReactNode;
};

/**
 * What one row of a list holds, over the list. That it is open stands in the page's address, so it can be shared: render it when the address
 * names a row, keyed by that row. Escape, the button or a click outside close it and then lead to `closeHref`.
 */
export function DetailDrawer({ title, closeHref, children }: DetailDrawerProps) {
  const router = useRouter();
  const [opened, setOpened] = useState(true);
  return (
    <Drawer
      opened={opened}
      onClose={() => setOpened(false)}
      onExitTransitionEnd={() => router.replace(closeHref, { scroll: false })}
      position="right"
      size="lg"
      title={<strong>{title}</strong>}
      closeButtonProps={{ "aria-label": "Close" }}
      attributes={{ header: { role: "presentation" } }}
    >
      {children}
    </Drawer>
  );
}
