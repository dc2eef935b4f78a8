import { createContext, useContext } from "react";
import type { Permission } from "#lib/workspace/vocabulary.ts";

/** What the signed-in member may do. */
export const PermissionsContext = createContext<readonly Permission[]>([]);

/** Whether the signed-in member holds a permission. Only below `CountryDialogs`. */
export function useMay(permission: Permission): boolean {
  return useContext(PermissionsContext).includes(permission);
}
