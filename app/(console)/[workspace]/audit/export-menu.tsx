"use client";

import { Button, Menu } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";

type Props = { csv: string; json: string; isFiltered: boolean };

/** The entries as a file, with hashes and the text each hash is taken over. */
export function ExportMenu({ csv, json, isFiltered }: Props) {
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {isFiltered ? "The entries that match the filter" : "All entries, with their hashes"}
        </Menu.Label>
        <Menu.Item component="a" href={csv} download>
          CSV, for a spreadsheet
        </Menu.Item>
        <Menu.Item component="a" href={json} download>
          JSON, for the verifier
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
