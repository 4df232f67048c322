import { optionsOf } from '../block-tree.ts';
import { asJson, asString, isJson, plainText, spelled } from '../json.ts';
import { limits } from './limits.ts';
import { anything, bool, integer, list, object, type Rule, string } from './rules.ts';

/** Composition objects: texts, options, confirm dialogs, images. */

const { option, confirm: confirmLimits } = limits;

/** A text object with 1 to `max` characters. */
export function text(max: number, kind: 'plain' | 'any' = 'plain'): Rule {
  return (value, at, report) => {
    if (!isJson(value)) return report.add('must be a text object', at);
    const allowed = kind === 'plain' ? ['plain_text'] : ['plain_text', 'mrkdwn'];
    if (!allowed.includes(asString(value.type))) {
      return report.add(`unsupported type: ${spelled(value.type)}, must be ${allowed.join(' or ')}`, `${at}/type`);
    }
    object({
      required: { type: anything, text: string({ min: 1, max }) },
      optional: value.type === 'plain_text' ? { emoji: bool } : { verbatim: bool },
    })(value, at, report);
  };
}

export const mrkdwn = (max: number): Rule => text(max, 'any');

/** One choice. `rich`: its text may be mrkdwn (checkboxes, radio buttons). `link`: it may open a URL (overflow). */
export function optionRule({ rich = false, link = false } = {}): Rule {
  return object({
    required: { text: text(option.text, rich ? 'any' : 'plain'), value: string({ min: 1, max: option.value }) },
    optional: {
      description: text(option.description, rich ? 'any' : 'plain'),
      ...(link ? { url: string({ max: option.url }) } : {}),
    },
  });
}

export const optionGroup: Rule = object({
  required: {
    label: text(limits.select.groupLabel),
    options: list(optionRule(), { min: 1, max: limits.select.options }),
  },
});

export const confirm: Rule = object({
  required: { text: text(confirmLimits.text, 'any') },
  optional: {
    title: text(confirmLimits.title),
    confirm: text(confirmLimits.button),
    deny: text(confirmLimits.button),
    style: string({ oneOf: ['primary', 'danger'] }),
  },
});

export const placeholder = text(limits.placeholder);
export const actionId = string({ max: limits.id });

export const dispatchConfig: Rule = object({
  optional: {
    trigger_actions_on: list(string({ oneOf: ['on_enter_pressed', 'on_character_entered'] }), { min: 1 }),
  },
});

export const conversationFilter: Rule = object({
  optional: {
    include: list(string({ oneOf: ['im', 'mpim', 'private', 'public'] }), { min: 1 }),
    exclude_external_shared_channels: bool,
    exclude_bot_users: bool,
  },
});

const slackFile = object({ optional: { id: string(), url: string() } });

export const imageFields = {
  required: { alt_text: string({ max: limits.image.alt }) },
  optional: {
    image_url: string({ min: 1, max: limits.image.url }),
    slack_file: slackFile,
    image_width: integer(0, 100_000),
    image_height: integer(0, 100_000),
    image_bytes: integer(0, 1e9),
  },
};

export const oneImageSource: Rule = (value, at, report) => {
  const image = asJson(value);
  if ((image.image_url === undefined) === (image.slack_file === undefined)) {
    report.add('exactly one of image_url and slack_file is required', at);
  }
};

/** A static select takes its choices from `options` or from `option_groups`, never from both or neither. */
export const oneListOfOptions: Rule = (value, at, report) => {
  const { options, option_groups } = asJson(value);
  if ((options === undefined) === (option_groups === undefined)) {
    report.add('exactly one of options and option_groups is required', at);
  }
};

const same = (a: unknown, b: unknown) =>
  asJson(a).value === asJson(b).value && plainText(asJson(a).text) === plainText(asJson(b).text);

/** The initial choice must be one of the options. */
export const initialIsOffered: Rule = (value, at, report) => {
  const element = asJson(value);
  const offered = optionsOf(element);
  const check = (initial: unknown, pointer: string) => {
    if (!offered.some((choice) => same(choice, initial))) {
      report.add('must exactly match one of the options', pointer);
    }
  };
  if (element.initial_option !== undefined && element.initial_option !== null) {
    check(element.initial_option, `${at}/initial_option`);
  }
  if (Array.isArray(element.initial_options)) {
    element.initial_options.forEach((initial, index) => {
      check(initial, `${at}/initial_options/${index}`);
    });
  }
};
