import { textOf } from '../block-tree.ts';
import { asObjects, asString, isJson } from '../json.ts';
import { checkBlocks } from './blocks.ts';
import { limits } from './limits.ts';
import { problemLine } from './rules.ts';

/** Why Slack would refuse a call: its error code and its messages with JSON pointers. */
export interface Refusal {
  error: string;
  messages: string[];
}

export interface MessageContent {
  text?: string | undefined;
  blocks?: unknown;
  attachments?: unknown;
  markdown_text?: string | undefined;
  metadata?: unknown;
}

/** Checks the content of a message. `viaResponseUrl`: the limit on the whole text does not apply there. */
export function checkMessage(content: MessageContent, viaResponseUrl = false): Refusal | null {
  const { text = '', markdown_text = '', blocks, attachments, metadata } = content;
  const messages: string[] = [];
  const report = {
    surface: 'message' as const,
    add: (message: string, pointer: string) => messages.push(problemLine(message, pointer)),
  };
  if (blocks !== undefined && blocks !== null) checkBlocks(blocks, '/blocks', report, limits.message.blocks);
  if (attachments !== undefined && attachments !== null) {
    if (!Array.isArray(attachments)) return { error: 'invalid_attachments', messages };
    if (attachments.length > limits.message.attachments) return { error: 'too_many_attachments', messages };
    attachments.forEach((attachment, index) => {
      if (!isJson(attachment)) report.add('must be an object', `/attachments/${index}`);
      else if (attachment.blocks !== undefined) {
        checkBlocks(attachment.blocks, `/attachments/${index}/blocks`, report, limits.message.blocks);
      }
    });
  }
  const all = asObjects(blocks);
  if (all.filter((block) => block.type === 'table').length > limits.table.tables) {
    report.add('only one table is allowed', '/blocks');
  }
  if (all.filter((block) => block.type === 'data_visualization').length > limits.chart.perMessage) {
    report.add(`no more than ${limits.chart.perMessage} charts are allowed`, '/blocks');
  }
  const markdown = all.filter((block) => block.type === 'markdown').map((block) => asString(block.text));
  if (markdown.join('').length > limits.markdown) report.add('markdown is too long', '/blocks');
  if (messages.length > 0) return { error: 'invalid_blocks', messages };
  if (markdown_text !== '' && (text !== '' || all.length > 0)) return { error: 'markdown_text_conflict', messages };
  if (markdown_text.length > limits.markdown) return { error: 'msg_too_long', messages };
  if (!viaResponseUrl && textOf(blocks).length > limits.message.totalText) {
    return { error: 'msg_blocks_too_long', messages };
  }
  if (metadata !== undefined && metadata !== null && !isMetadata(metadata)) {
    return { error: 'invalid_metadata_format', messages };
  }
  const hasAttachments = Array.isArray(attachments) && attachments.length > 0;
  if (text === '' && markdown_text === '' && all.length === 0 && !hasAttachments) return { error: 'no_text', messages };
  return null;
}

function isMetadata(value: unknown): boolean {
  if (!isJson(value)) return false;
  if (Array.isArray(value.entities)) return true;
  return typeof value.event_type === 'string' && isJson(value.event_payload);
}
