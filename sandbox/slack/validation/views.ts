import { isJson } from '../json.ts';
import type { Refusal } from './messages.ts';

export function checkView(view: unknown, type: 'modal' | 'home'): Refusal | null {
  if (!isJson(view) || view.type !== type || !Array.isArray(view.blocks)) {
    return { error: 'invalid_arguments', messages: [] };
  }
  return null;
}
