import { asJson, num } from '../json.ts';
import { limits } from './limits.ts';
import {
  actionId,
  confirm,
  conversationFilter,
  dispatchConfig,
  imageFields,
  initialIsOffered,
  oneImageSource,
  oneListOfOptions,
  optionGroup,
  optionRule,
  placeholder,
  text,
} from './objects.ts';
import { all, anything, bool, integer, type Kind, list, numeric, object, type Rule, string } from './rules.ts';

/** Every element: its properties, its limits, and the surfaces it is allowed on. */

const actionable = { action_id: actionId };
const confirmable = { ...actionable, confirm };
const pickable = { ...confirmable, focus_on_load: bool };
const selectable = { ...pickable, placeholder };
const multi = { ...selectable, max_selected_items: integer(1, 1_000_000) };
const typable = { ...actionable, focus_on_load: bool, placeholder, dispatch_action_config: dispatchConfig };

const options = list(optionRule(), { min: 1, max: limits.select.options });
const groups = list(optionGroup, { min: 1, max: limits.select.groups });
const choices = list(optionRule({ rich: true }), { min: 1, max: limits.checkboxes });
const ids = list(string({ min: 1 }));
const minQuery = integer(0, 3000);
const style = string({ oneOf: ['primary', 'danger'] });
const accessibility = string({ max: limits.button.accessibilityLabel });
const date = string({ pattern: /^\d{4}-\d{2}-\d{2}$/ });
const time = string({ pattern: /^([01]\d|2[0-3]):[0-5]\d$/ });

const feedback: Rule = object({
  required: { text: text(limits.button.text), value: string({ max: limits.button.value }) },
  optional: { accessibility_label: accessibility },
});

/** The minimum may not exceed the maximum. */
function ordered(least: string, most: string): Rule {
  return (value, at, report) => {
    const element = asJson(value);
    const [low, high] = [num(element[least]), num(element[most])];
    if (low !== null && high !== null && low > high) report.add(`must not be greater than ${most}`, `${at}/${least}`);
  };
}

export const elements: { [type: string]: Kind } = {
  button: {
    required: { text: text(limits.button.text) },
    optional: {
      ...confirmable,
      value: string({ max: limits.button.value }),
      url: string({ max: limits.button.url }),
      style,
      accessibility_label: accessibility,
    },
  },
  workflow_button: {
    surfaces: ['message'],
    required: { text: text(limits.button.text), workflow: object({ open: true }) },
    optional: { ...confirmable, style, accessibility_label: accessibility },
  },
  feedback_buttons: {
    surfaces: ['message'],
    required: { positive_button: feedback, negative_button: feedback },
    optional: actionable,
  },
  icon_button: {
    surfaces: ['message'],
    required: { icon: string({ min: 1 }), text: text(limits.button.text) },
    optional: {
      ...confirmable,
      accessibility_label: accessibility,
      value: string({ max: limits.button.value }),
      visible_to_user_ids: ids,
    },
  },
  overflow: {
    required: { options: list(optionRule({ link: true }), { min: 1, max: limits.overflow }) },
    optional: confirmable,
  },
  checkboxes: {
    required: { options: choices },
    optional: { ...pickable, initial_options: list(optionRule({ rich: true }), { min: 1 }) },
    also: initialIsOffered,
  },
  radio_buttons: {
    required: { options: choices },
    optional: { ...pickable, initial_option: optionRule({ rich: true }) },
    also: initialIsOffered,
  },
  datepicker: { optional: { ...selectable, initial_date: date } },
  timepicker: { optional: { ...selectable, initial_time: time, timezone: string({ min: 1 }) } },
  datetimepicker: { optional: { ...pickable, initial_date_time: integer(1_000_000_000, 9_999_999_999) } },
  static_select: {
    optional: { ...selectable, options, option_groups: groups, initial_option: optionRule() },
    also: all(oneListOfOptions, initialIsOffered),
  },
  multi_static_select: {
    optional: { ...multi, options, option_groups: groups, initial_options: list(optionRule(), { min: 1 }) },
    also: all(oneListOfOptions, initialIsOffered),
  },
  external_select: { optional: { ...selectable, initial_option: optionRule(), min_query_length: minQuery } },
  multi_external_select: {
    optional: { ...multi, initial_options: list(optionRule(), { min: 1 }), min_query_length: minQuery },
  },
  users_select: { optional: { ...selectable, initial_user: string({ min: 1 }) } },
  multi_users_select: { optional: { ...multi, initial_users: ids } },
  channels_select: {
    optional: { ...selectable, initial_channel: string({ min: 1 }), response_url_enabled: bool },
  },
  multi_channels_select: { optional: { ...multi, initial_channels: ids } },
  conversations_select: {
    optional: {
      ...selectable,
      initial_conversation: string({ min: 1 }),
      default_to_current_conversation: bool,
      response_url_enabled: bool,
      filter: conversationFilter,
    },
  },
  multi_conversations_select: {
    optional: {
      ...multi,
      initial_conversations: ids,
      default_to_current_conversation: bool,
      filter: conversationFilter,
    },
  },
  plain_text_input: {
    optional: {
      ...typable,
      initial_value: string({ max: limits.text }),
      multiline: bool,
      min_length: integer(0, limits.plainTextInput.minLength),
      max_length: integer(1, limits.plainTextInput.maxLength),
    },
    also: ordered('min_length', 'max_length'),
  },
  email_text_input: { surfaces: ['modal', 'home'], optional: { ...typable, initial_value: string() } },
  url_text_input: { surfaces: ['modal', 'home'], optional: { ...typable, initial_value: string() } },
  number_input: {
    surfaces: ['modal', 'home'],
    required: { is_decimal_allowed: bool },
    optional: { ...typable, initial_value: numeric, min_value: numeric, max_value: numeric },
    also: ordered('min_value', 'max_value'),
  },
  rich_text_input: {
    surfaces: ['modal', 'home'],
    optional: {
      ...typable,
      initial_value: object({ open: true }),
      min_lines: integer(1, 100),
      max_lines: integer(1, 100),
    },
  },
  file_input: {
    surfaces: ['modal'],
    optional: { ...actionable, filetypes: list(string({ min: 1 }), { min: 1 }), max_files: integer(1, limits.files) },
  },
  image: { ...imageFields, also: oneImageSource },
  // A context block lists texts among its elements.
  plain_text: { required: { text: string({ min: 1, max: limits.text }) }, optional: { emoji: bool } },
  mrkdwn: { required: { text: string({ min: 1, max: limits.text }) }, optional: { verbatim: bool } },
  url: { required: { url: string({ min: 1 }), text: anything } },
};

const selects = ['static_select', 'external_select', 'users_select', 'conversations_select', 'channels_select'];
const controls = [
  'checkboxes',
  'datepicker',
  'radio_buttons',
  'timepicker',
  ...selects,
  ...selects.map((select) => `multi_${select}`),
];
const buttons = ['button', 'overflow', 'workflow_button'];

/** Which elements are allowed where. */
export const places = {
  accessory: [...buttons, ...controls, 'image'],
  actions: [...buttons, ...controls, 'datetimepicker', 'rich_text_input'],
  input: [
    ...controls,
    'datetimepicker',
    'plain_text_input',
    'email_text_input',
    'url_text_input',
    'number_input',
    'rich_text_input',
    'file_input',
  ],
  context: ['image', 'plain_text', 'mrkdwn'],
  contextActions: ['feedback_buttons', 'icon_button'],
};
