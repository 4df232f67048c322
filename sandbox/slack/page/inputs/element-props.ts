import type { ElementState, Json } from '../../protocol.ts';

/** The props of every stateful element. */
export interface ElementProps {
  element: Json;
  blockId: string;
  actionId: string;
  /** Its current state, in Slack's shape. */
  state: ElementState;
  /** A person entered something; `done` is false while they are still typing. */
  onChange: (state: ElementState, done?: boolean) => void;
  /** DOM id for the control, so that a label can point at it. */
  id: string;
  /** Name for assistive technology where no visible label points here. */
  label: string;
  /** Ids of the hint and the error. */
  describedBy: string | undefined;
  invalid: boolean;
  /** In an input block that has to be filled in. */
  required: boolean;
}

/** ARIA attributes shared by all controls. */
export function aria(props: ElementProps): {
  'aria-describedby'?: string;
  'aria-invalid'?: boolean;
  'aria-required'?: boolean;
  'aria-label'?: string;
} {
  return {
    ...(props.describedBy ? { 'aria-describedby': props.describedBy } : {}),
    ...(props.invalid ? { 'aria-invalid': true } : {}),
    ...(props.required ? { 'aria-required': true } : {}),
    ...(props.label ? { 'aria-label': props.label } : {}),
  };
}
