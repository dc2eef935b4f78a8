import type { ActionError } from "#lib/action.ts";

/** What a form's server action (`memberAction….stateAction`) answers; empty before it was sent and when it returned nothing. */
export type FormState<Data = unknown> = {
  data?: Data | undefined;
  serverError?: ActionError | undefined;
  validationErrors?:
    | { formErrors: readonly string[]; fieldErrors: Readonly<Record<string, readonly string[] | undefined>> }
    | undefined;
};

/** A server action as a form calls it. Its state may be of a narrower type than `FormState`. */
export type FormAction<Data = unknown> = {
  run(previous: FormState, form: FormData): Promise<FormState<Data>>;
}["run"];

/** Whether the action was refused, by the schema or by the server. */
export function isRefused(state: FormState): boolean {
  return state.serverError !== undefined || state.validationErrors !== undefined;
}

/** Why the form as a whole was refused; undefined when only single inputs are wrong. */
export function formProblem(state: FormState): string | undefined {
  return state.serverError?.message ?? state.validationErrors?.formErrors[0];
}

/** What's wrong with one input, by its name. */
export function fieldProblem(state: FormState, name: string): string | undefined {
  const invalid = state.validationErrors?.fieldErrors[name]?.[0];
  if (invalid !== undefined) return invalid;
  return state.serverError?.details.field === name ? state.serverError.message : undefined;
}
