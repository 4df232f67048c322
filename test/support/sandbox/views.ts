import type { KnownBlock, ModalView, View } from '@slack/types';

export const plain = (text: string) => ({ type: 'plain_text' as const, text });

export const option = (value: string, text = value) => ({ text: plain(text), value });

export const section = (text: string): KnownBlock => ({ type: 'section', text: { type: 'mrkdwn', text } });

export const textInput = (id: string, more: object = {}): KnownBlock => ({
  type: 'input',
  block_id: id,
  label: plain(id),
  element: { type: 'plain_text_input', action_id: id, ...more },
});

export const modal = (title: string, blocks: View['blocks'], more: Partial<ModalView> = {}): ModalView => ({
  type: 'modal',
  callback_id: title.toLowerCase().replaceAll(' ', '_'),
  title: plain(title),
  submit: plain('Save'),
  blocks,
  ...more,
});

export const button = (id: string, more: object = {}) => ({
  type: 'button' as const,
  action_id: id,
  text: plain(id),
  ...more,
});
