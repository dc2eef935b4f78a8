"use client";

import { ActionIcon, Button, Menu, TextInput, Tooltip } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import {
  IconArrowDown,
  IconArrowsSort,
  IconArrowUp,
  IconCheck,
  IconColumns3,
  IconDownload,
  IconSearch,
  IconX,
} from "@tabler/icons-react";
import type { RowData } from "@tanstack/react-table";
import { type ReactNode, useRef } from "react";
import classes from "#components/data-table.module.css";
import { columnLabel, type DataTableInstance } from "#components/data-table-columns.ts";
import { downloadCsv } from "#components/data-table-csv.ts";

function Search<T extends RowData>({ table, label }: { table: DataTableInstance<T>; label: string }) {
  const input = useRef<HTMLInputElement>(null);
  useHotkeys([["/", () => input.current?.focus()]]);
  const query: string = table.state.globalFilter ?? "";
  const clear = (
    <ActionIcon size="sm" aria-label="Clear search" onClick={() => table.setGlobalFilter("")}>
      <IconX size={14} />
    </ActionIcon>
  );
  return (
    <TextInput
      ref={input}
      className={classes.search}
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={15} aria-hidden />}
      rightSection={query === "" ? <kbd className={classes.key}>/</kbd> : clear}
      value={query}
      onChange={(event) => table.setGlobalFilter(event.currentTarget.value)}
      onKeyDown={(event) => event.key === "Escape" && table.setGlobalFilter("")}
    />
  );
}

function SortMenu<T extends RowData>({ table }: { table: DataTableInstance<T> }) {
  const arrow = { asc: <IconArrowUp size={14} />, desc: <IconArrowDown size={14} /> };
  return (
    <Menu position="bottom-end" closeOnItemClick={false} withinPortal={false}>
      <Menu.Target>
        <Button className={classes.phoneOnly} variant="default" leftSection={<IconArrowsSort size={15} />}>
          Sort
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {table
          .getAllLeafColumns()
          .filter((column) => column.getCanSort())
          .map((column) => {
            const sorted = column.getIsSorted();
            return (
              <Menu.Item
                key={column.id}
                rightSection={sorted === false ? null : arrow[sorted]}
                onClick={() => column.toggleSorting()}
              >
                {columnLabel(column)}
              </Menu.Item>
            );
          })}
      </Menu.Dropdown>
    </Menu>
  );
}

function ColumnMenu<T extends RowData>({ table }: { table: DataTableInstance<T> }) {
  return (
    <Menu position="bottom-end" closeOnItemClick={false} withinPortal={false}>
      <Menu.Target>
        <Tooltip label="Columns">
          <ActionIcon className={classes.wideOnly} variant="default" size={36} aria-label="Choose columns">
            <IconColumns3 size={16} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Columns</Menu.Label>
        {table
          .getAllLeafColumns()
          .filter((column) => column.getCanHide())
          .map((column) => (
            <Menu.CheckboxItem
              key={column.id}
              checked={column.getIsVisible()}
              checkIcon={<IconCheck size={14} />}
              onChange={(checked) => column.toggleVisibility(checked)}
            >
              {columnLabel(column)}
            </Menu.CheckboxItem>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}

type ToolbarProps<T extends RowData> = {
  table: DataTableInstance<T>;
  searchLabel: string;
  csvName: string | undefined;
  children: ReactNode;
};

/** Search, the page's own filters, sorting on phones, column choice and CSV. */
export function DataTableToolbar<T extends RowData>({
  table,
  searchLabel,
  csvName,
  children,
}: ToolbarProps<T>) {
  return (
    <div className={classes.toolbar}>
      <Search table={table} label={searchLabel} />
      {children}
      <div className={classes.tools}>
        <SortMenu table={table} />
        <ColumnMenu table={table} />
        {csvName !== undefined && (
          <Tooltip label="Save these rows as CSV">
            <ActionIcon
              variant="default"
              size={36}
              aria-label="Download CSV"
              disabled={table.getRowModel().rows.length === 0}
              onClick={() => downloadCsv(table, csvName)}
            >
              <IconDownload size={16} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
    </div>
  );
}
