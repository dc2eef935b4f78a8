"use client";

import { Skeleton } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconSelector } from "@tabler/icons-react";
import type { RowData } from "@tanstack/react-table";
import Link from "next/link";
import type { KeyboardEvent, ReactNode } from "react";
import classes from "#components/data-table.module.css";
import { columnLabel, type DataTableInstance } from "#components/data-table-columns.ts";

const ARIA_SORT = { asc: "ascending", desc: "descending" } as const;
const SORT_ICON = { asc: IconArrowUp, desc: IconArrowDown };

/**
 * What a heading or a cell shows. A function is called, not rendered as a component: a new one, such as columns made anew give when a page
 * refreshes, would be another component, and what is open inside its cell would close.
 */
function contentOf<C>(template: ReactNode | ((context: C) => ReactNode), context: C): ReactNode {
  return typeof template === "function" ? template(context) : template;
}

/** Column headings; a sortable one is a button and carries `aria-sort`. */
export function DataTableHead<T extends RowData>({ table }: { table: DataTableInstance<T> }) {
  return (
    <thead role="rowgroup">
      {table.getHeaderGroups().map((group) => (
        <tr key={group.id} role="row">
          {group.headers.map((header) => {
            const sorted = header.column.getIsSorted();
            const Icon = sorted === false ? IconSelector : SORT_ICON[sorted];
            return (
              <th
                key={header.id}
                role="columnheader"
                scope="col"
                data-align={header.column.columnDef.meta?.align}
                {...(sorted !== false && { "aria-sort": ARIA_SORT[sorted] })}
              >
                {header.column.getCanSort() ? (
                  <button
                    type="button"
                    className={classes.sort}
                    onClick={() => header.column.toggleSorting()}
                  >
                    {contentOf(header.column.columnDef.header, header.getContext())}
                    <Icon size={14} aria-hidden data-idle={sorted === false} />
                  </button>
                ) : (
                  contentOf(header.column.columnDef.header, header.getContext())
                )}
              </th>
            );
          })}
        </tr>
      ))}
    </thead>
  );
}

function moveBetweenRows(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>("a[data-row-link]")];
  const at = links.findIndex((link) => link.matches(":focus"));
  const target = at === -1 ? undefined : links[at + step];
  if (step === 0 || target === undefined) return;
  event.preventDefault();
  target.focus();
}

type RowsProps<T extends RowData> = {
  table: DataTableInstance<T>;
  rowHref: ((row: T) => string) | undefined;
};

/** The rows. With `rowHref` the title cell is a link that covers its row, and the arrow keys walk from link to link. */
export function DataTableRows<T extends RowData>({ table, rowHref }: RowsProps<T>) {
  const visible = table.getVisibleLeafColumns();
  const titleId = (visible.find((column) => column.columnDef.meta?.phone === "title") ?? visible[0])?.id;
  return (
    <tbody role="rowgroup" onKeyDown={moveBetweenRows}>
      {table.getRowModel().rows.map((row) => (
        <tr key={row.id} role="row" data-linked={rowHref !== undefined || undefined}>
          {row.getVisibleCells().map((cell) => {
            const meta = cell.column.columnDef.meta;
            const isTitle = cell.column.id === titleId;
            const isEmpty = cell.column.accessorFn !== undefined && cell.getValue() == null;
            return (
              <td
                key={cell.id}
                role="cell"
                data-align={meta?.align}
                data-phone={isTitle ? "title" : meta?.phone}
                data-label={columnLabel(cell.column)}
                data-empty={isEmpty || undefined}
              >
                {isTitle && rowHref !== undefined ? (
                  <Link href={rowHref(row.original)} className={classes.rowLink} data-row-link="">
                    {contentOf(cell.column.columnDef.cell, cell.getContext())}
                  </Link>
                ) : (
                  contentOf(cell.column.columnDef.cell, cell.getContext())
                )}
              </td>
            );
          })}
        </tr>
      ))}
    </tbody>
  );
}

/** Placeholder rows while data is on its way. */
export function DataTableSkeleton({ columns }: { columns: number }) {
  return (
    <tbody aria-hidden>
      {[72, 54, 64, 48, 68, 58].map((width) => (
        <tr key={width}>
          {Array.from({ length: columns }, (_, index) => index).map((index) => (
            <td key={index}>
              <Skeleton height={12} width={`${width - (index % 3) * 12}%`} my={4} />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}
