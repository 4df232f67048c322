import type { KnownBlock } from '@slack/types';
import type { Catalogue } from '../../i18n/en.ts';
import { actionIds } from '../ids.ts';
import { actions, button } from './parts.ts';

/** Leads from whatever an emergency stop bars to the question whether it is to be resumed; starts nothing by itself. */
export function resumeButton(t: Catalogue): KnownBlock {
  return actions('stop', [button(actionIds.askResume, t.stop.resume, 'resume')]);
}
