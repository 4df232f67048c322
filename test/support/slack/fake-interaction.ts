import type { ModalView } from '@slack/types';
import { WebClient } from '@slack/web-api';
import type { AppError } from '../../../src/core/errors.ts';
import { en } from '../../../src/i18n/en.ts';
import type { Interaction, ShownView } from '../../../src/slack/bolt/interaction.ts';
import type { MessageBody } from '../../../src/slack/views/limits.ts';

/** A modal on someone's screen, and everything it was asked to show. */
export interface FakeModal extends ShownView {
  asked: ModalView[];
}

/** @param results what each update in turn gives: shown, closed meanwhile, or a failure. Further ones are shown. */
export function fakeModal(...results: (boolean | AppError)[]): FakeModal {
  const asked: ModalView[] = [];
  return {
    id: 'V1',
    asked,
    async update(view) {
      const result = results[asked.push(view) - 1] ?? true;
      if (typeof result !== 'boolean') throw result;
      return result;
    },
    async replace(view) {
      return (await this.update(view)) ? 'shown' : 'closed';
    },
  };
}

/** Something Alice does in a channel; `said` keeps what she gets in messages, and how. */
export interface FakeInteraction extends Interaction {
  said: ({ how: 'answer' | 'replace' | 'direct' } & MessageBody)[];
}

/** @param view the modal in which it happens; null for a command, or a press on a message. */
export function fakeInteraction(view: ShownView | null = null): FakeInteraction {
  const said: FakeInteraction['said'] = [];
  const chat = {
    async postMessage({ text, blocks }: MessageBody) {
      said.push({ how: 'direct', text, blocks });
      return { ok: true };
    },
  };
  return {
    said,
    person: 'U0ALICE',
    channel: 'C0SALES',
    t: en,
    client: Object.assign(new WebClient('xoxb-unused'), { chat }),
    command: '/dial',
    opensForms: true,
    view,
    async answer(body) {
      said.push({ how: 'answer', ...body });
    },
    async replace(body) {
      said.push({ how: 'replace', ...body });
    },
    async show() {
      throw new Error('no form is opened here');
    },
  };
}
