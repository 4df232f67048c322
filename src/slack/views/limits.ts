import type {
  ActionsBlock,
  ContextBlock,
  HomeView,
  InputBlock,
  KnownBlock,
  ModalView,
  PlainTextOption,
  SectionBlock,
  View,
} from '@slack/types';
import { AppError } from '../../core/errors.ts';
import { printable } from '../../core/text/printable.ts';
import type { CallbackId } from '../ids.ts';
import { cut, cutMarkup } from './cut.ts';

/**
 * Slack's limits (docs.slack.dev, reference/block-kit and reference/views), in characters unless said otherwise. Every
 * view and message passes through `fitView` or `fitMessage`, so that no name of the platform, however long, makes Slack
 * refuse a view. They also are the last place where characters are dropped that must not be shown.
 */
export const limits = {
  viewTitle: 24,
  viewButton: 24,
  viewBlocks: 100,
  privateMetadata: 3000,
  messageBlocks: 50,
  /** The `text` of a message; chat.update rejects more than 4,000. */
  messageText: 3900,
  /** Over all blocks of a message. Undocumented; rejections were reported from about 11,000 on. */
  messageTotal: 9500,
  sectionText: 3000,
  sectionFields: 10,
  fieldText: 2000,
  contextElements: 10,
  contextText: 3000,
  actionsElements: 25,
  label: 2000,
  hint: 2000,
  placeholder: 150,
  initialValue: 3000,
  options: 100,
  optionText: 75,
  optionDescription: 75,
  optionValue: 150,
  overflowOptions: 5,
  buttonText: 75,
  buttonValue: 2000,
  accessibilityLabel: 75,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
} as const;

/** A message to post: every message view returns one. */
export interface MessageBody {
  /** What notifications and screen readers read. */
  text: string;
  blocks: KnownBlock[];
}

/** Replaces an empty text, which Slack rejects. */
const blank = '–';

/**
 * The view within Slack's limits.
 * @throws AppError `internal` when `private_metadata` is too long: cutting it would lose data.
 */
export function fitView(view: ModalView & { callback_id?: CallbackId }): ModalView {
  const { private_metadata } = view;
  if (private_metadata !== undefined && private_metadata.length > limits.privateMetadata) {
    throw new AppError('internal', `private_metadata has ${private_metadata.length} characters; the limit is 3000`);
  }
  return {
    ...view,
    title: fitText(view.title, limits.viewTitle),
    ...(view.submit && { submit: fitText(view.submit, limits.viewButton) }),
    ...(view.close && { close: fitText(view.close, limits.viewButton) }),
    blocks: knownBlocks(view).slice(0, limits.viewBlocks).map(fitBlock),
  };
}

/** A Home within Slack's limits. */
export function fitHome(view: HomeView): HomeView {
  return { ...view, blocks: knownBlocks(view).slice(0, limits.viewBlocks).map(fitBlock) };
}

/** The message within Slack's limits. */
export function fitMessage(body: MessageBody): MessageBody {
  const blocks = body.blocks.slice(0, limits.messageBlocks).map(fitBlock);
  return {
    text: fitText({ type: 'mrkdwn', text: body.text }, limits.messageText).text,
    blocks: withinTotal(blocks),
  };
}

/**
 * The options within Slack's limits: those whose value is too long are dropped, because a cut id would name another
 * entry.
 */
export function fitOptions(options: readonly PlainTextOption[]): PlainTextOption[] {
  return options
    .filter((option) => fitsAsValue(option.value ?? ''))
    .slice(0, limits.options)
    .map(fitOption);
}

export function fitsAsValue(value: string): boolean {
  return value.length > 0 && value.length <= limits.optionValue;
}

/** The value of a button, or what it carries instead where Slack would refuse it for its length. */
export const fittingValue = (value: string, otherwise: string): string =>
  value.length <= limits.buttonValue ? value : otherwise;

export function fitOption(option: PlainTextOption): PlainTextOption {
  return {
    ...option,
    text: fitText(option.text, limits.optionText),
    ...(option.description && { description: fitText(option.description, limits.optionDescription) }),
  };
}

interface Text {
  type: 'plain_text' | 'mrkdwn';
  text: string;
}

function fitText<T extends Text>(object: T, max: number): T {
  const whole = printable(object.text);
  const text = whole.trim() === '' ? blank : whole;
  return { ...object, text: object.type === 'mrkdwn' ? cutMarkup(text, max) : cut(text, max) };
}

/** Our views consist of known blocks only; Slack's type of a view allows any. */
function knownBlocks(view: View): KnownBlock[] {
  return view.blocks as KnownBlock[];
}

function fitBlock(block: KnownBlock): KnownBlock {
  switch (block.type) {
    case 'section':
      return fitSection(block);
    case 'context':
      return fitContext(block);
    case 'actions':
      return { ...block, elements: block.elements.slice(0, limits.actionsElements).map(fitElement) };
    case 'input':
      return {
        ...block,
        label: fitText(block.label, limits.label),
        ...(block.hint && { hint: fitText(block.hint, limits.hint) }),
        element: fitElement(block.element),
      };
    default:
      return block;
  }
}

function fitSection(block: SectionBlock): SectionBlock {
  return {
    ...block,
    ...(block.text && { text: fitText(block.text, limits.sectionText) }),
    ...(block.fields && {
      fields: block.fields.slice(0, limits.sectionFields).map((field) => fitText(field, limits.fieldText)),
    }),
    ...(block.accessory && { accessory: fitElement(block.accessory) }),
  };
}

function fitContext(block: ContextBlock): ContextBlock {
  return {
    ...block,
    elements: block.elements
      .slice(0, limits.contextElements)
      .map((element) => (element.type === 'image' ? element : fitText(element, limits.contextText))),
  };
}

type Element = InputBlock['element'] | ActionsBlock['elements'][number] | NonNullable<SectionBlock['accessory']>;

/** Only the elements that our views use are inspected. */
function fitElement<T extends Element>(element: T): T;
function fitElement(element: Element): Element {
  switch (element.type) {
    case 'button': {
      const { confirm } = element;
      return {
        ...element,
        text: fitText(element.text, limits.buttonText),
        ...(element.accessibility_label && {
          accessibility_label: cut(printable(element.accessibility_label), limits.accessibilityLabel),
        }),
        ...(confirm && {
          confirm: {
            ...confirm,
            ...(confirm.title && { title: fitText(confirm.title, limits.confirmTitle) }),
            text: fitText(confirm.text, limits.confirmText),
            ...(confirm.confirm && { confirm: fitText(confirm.confirm, limits.confirmButton) }),
            ...(confirm.deny && { deny: fitText(confirm.deny, limits.confirmButton) }),
          },
        }),
      };
    }
    case 'static_select': {
      const options = fitOptions((element.options ?? []) as PlainTextOption[]);
      const chosen = options.find((option) => option.value === element.initial_option?.value);
      const { initial_option: _, ...rest } = element;
      return {
        ...rest,
        options,
        ...(chosen && { initial_option: chosen }),
        ...(element.placeholder && { placeholder: fitText(element.placeholder, limits.placeholder) }),
      };
    }
    case 'external_select':
      return {
        ...element,
        ...(element.initial_option && { initial_option: fitOption(element.initial_option as PlainTextOption) }),
        ...(element.placeholder && { placeholder: fitText(element.placeholder, limits.placeholder) }),
      };
    case 'overflow':
      return {
        ...element,
        options: element.options.slice(0, limits.overflowOptions).map((option) => fitOption(option as PlainTextOption)),
      };
    case 'plain_text_input':
    case 'number_input':
      return {
        ...element,
        ...(element.initial_value && { initial_value: cut(printable(element.initial_value), limits.initialValue) }),
        ...(element.placeholder && { placeholder: fitText(element.placeholder, limits.placeholder) }),
      };
    default:
      return element;
  }
}

/** Shortens the longest texts, halving them each time, until all texts of the blocks together are within the budget. */
function withinTotal(blocks: KnownBlock[]): KnownBlock[] {
  let fitted = blocks;
  while (totalText(fitted) > limits.messageTotal) {
    const longest = Math.max(...textsOf(fitted).map((text) => text.text.length));
    fitted = fitted.map((block) => shortened(block, longest, Math.floor(longest / 2)));
  }
  return fitted;
}

function shortened(block: KnownBlock, from: number, to: number): KnownBlock {
  const shorten = <T extends Text>(text: T): T => (text.text.length >= from ? fitText(text, to) : text);
  if (block.type === 'context') {
    return { ...block, elements: block.elements.map((item) => (item.type === 'image' ? item : shorten(item))) };
  }
  if (block.type !== 'section') return block;
  return {
    ...block,
    ...(block.text && { text: shorten(block.text) }),
    ...(block.fields && { fields: block.fields.map(shorten) }),
  };
}

/** The texts that may be long: buttons and options are short because of their own limits. */
function textsOf(blocks: KnownBlock[]): Text[] {
  return blocks.flatMap((block): Text[] => {
    if (block.type === 'section') return [...(block.text ? [block.text] : []), ...(block.fields ?? [])];
    if (block.type === 'context') return block.elements.filter((item) => item.type !== 'image');
    return [];
  });
}

function totalText(blocks: KnownBlock[]): number {
  return textsOf(blocks).reduce((sum, text) => sum + text.text.length, 0);
}
