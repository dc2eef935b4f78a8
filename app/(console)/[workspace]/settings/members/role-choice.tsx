"use client";

import { Radio, Stack } from "@mantine/core";
import type { Role } from "#lib/workspace/vocabulary.ts";

export type RoleOption = { name: Role; description: string };

type RoleChoiceProps = {
  roles: readonly RoleOption[];
  selected: Role;
  error: string | undefined;
};

/** Which role, each with what it is for. Sends `role`. */
export function RoleChoice({ roles, selected, error }: RoleChoiceProps) {
  return (
    <Radio.Group name="role" label="Role" defaultValue={selected} error={error}>
      <Stack gap="sm" mt="xs">
        {roles.map((role) => (
          <Radio
            key={role.name}
            value={role.name}
            label={role.name[0]?.toUpperCase() + role.name.slice(1)}
            description={role.description}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
