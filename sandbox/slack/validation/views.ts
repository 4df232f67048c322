import { asObjects, isJson, spelled } from '../json.ts';
import type { Json } from '../protocol.ts';
import { checkBlocks } from './blocks.ts';
import { limits } from './limits.ts';
import type { Refusal } from './messages.ts';
import { text } from './objects.ts';
import { anything, bool, object, problemLine, type Rule, string } from './rules.ts';

const common = {
  private_metadata: string({ max: limits.view.privateMetadata }),
  callback_id: string({ max: limits.id }),
  external_id: string({ max: limits.id }),
};
const button = text(limits.view.button);

const shapes: { [type in 'modal' | 'home']: Rule } = {
  modal: object({
    required: { type: anything, blocks: anything, title: text(limits.view.title) },
    optional: {
      ...common,
      submit: button,
      close: button,
      clear_on_close: bool,
      notify_on_close: bool,
      submit_disabled: bool,
    },
  }),
  // On Home, properties that only a modal has are ignored, as long as they are well formed.
  home: object({
    required: { type: anything, blocks: anything },
    optional: {
      ...common,
      title: text(limits.view.title),
      submit: button,
      close: button,
      clear_on_close: bool,
      notify_on_close: bool,
    },
  }),
};

/** Checks a modal or a Home view against Slack's limits. */
export function checkView(view: unknown, type: 'modal' | 'home'): Refusal | null {
  const messages: string[] = [];
  const report = {
    surface: type,
    add: (message: string, pointer: string) => messages.push(problemLine(message, pointer)),
  };
  if (!isJson(view)) report.add('must be an object', '/view');
  else checkShape(view, type, report);
  if (messages.length > 0) return { error: 'invalid_arguments', messages };
  if (Buffer.byteLength(JSON.stringify(view)) > limits.view.bytes) return { error: 'view_too_large', messages: [] };
  return null;
}

function checkShape(
  view: Json,
  type: 'modal' | 'home',
  report: { surface: 'modal' | 'home'; add: (message: string, pointer: string) => void },
): void {
  if (view.type !== type) {
    report.add(`unsupported type: ${spelled(view.type)}, must be ${type}`, '/view/type');
    return;
  }
  shapes[type](view, '/view', report);
  if (view.blocks === undefined || view.blocks === null) return;
  checkBlocks(view.blocks, '/view/blocks', report, limits.view.blocks);
  const hasInput = asObjects(view.blocks).some((block) => block.type === 'input');
  if (type === 'modal' && hasInput && (view.submit === undefined || view.submit === null)) {
    report.add('missing required field: submit, needed with input blocks', '/view');
  }
}
