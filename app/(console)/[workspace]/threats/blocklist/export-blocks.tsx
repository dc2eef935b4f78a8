"use client";

import { Button, Menu } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";

/** The blocks that the filters leave, as a file. */
export function ExportBlocks({ csv, json }: { csv: string; json: string }) {
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={csv} download>
          CSV, which the import takes
        </Menu.Item>
        <Menu.Item component="a" href={json} download>
          JSON
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
