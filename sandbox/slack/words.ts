/**
 * What the workspace itself says to people, in their own language: Slackbot's notes, toasts, and the errors at fields
 * that cannot be submitted yet. The page uses the same sentences.
 */
const en = {
  unknownCommand: (command: string) =>
    `${command} is not a valid command. In Slack, all messages that start with the “/” character are interpreted as commands.\n\nIf you are trying to send a message and not run a command, try preceding the “/” with an empty space.`,
  commandInThread: (command: string) => `${command} is not supported in threads. Sorry!`,
  commandFailed: (command: string, reason: string) => `${command} failed with the error "${reason}"`,
  actionFailed: 'This app responded with an error or did not respond in time. Try again?',
  shortcutFailed: (name: string) => `We had some trouble connecting. “${name}” did not run.`,
  trouble: 'We had some trouble connecting. Try again?',
  faults: {
    required: 'Please complete this required field.',
    too_short: (bound: string) => `Please enter at least ${bound} characters.`,
    too_long: (bound: string) => `Please enter no more than ${bound} characters.`,
    too_many: (bound: string) => `Please choose no more than ${bound}.`,
    email: 'Please enter a valid email address.',
    url: 'Please enter a valid link, with https:// in front.',
    number: 'Please enter a number.',
    integer: 'Please enter a whole number.',
    below: (bound: string) => `Please enter ${bound} or more.`,
    above: (bound: string) => `Please enter ${bound} or less.`,
  },
};

/** The shape of every other language; the compiler checks that it is complete. */
export type Widened<T> = T extends string
  ? string
  : T extends (...given: infer Given) => string
    ? (...given: Given) => string
    : { [Key in keyof T]: Widened<T[Key]> };

export type WorkspaceWords = Widened<typeof en>;

const zh: WorkspaceWords = {
  unknownCommand: (command) =>
    `${command} 不是有效的命令。在 Slack 中，所有以“/”开头的消息都会被当作命令。\n\n如果你想发送的是消息而不是命令，请在“/”前面加一个空格。`,
  commandInThread: (command) => `抱歉，消息列中不支持 ${command}。`,
  commandFailed: (command, reason) => `${command} 执行失败，错误为“${reason}”`,
  actionFailed: '该应用返回了错误，或未能及时响应。要再试一次吗？',
  shortcutFailed: (name) => `连接出现问题，“${name}”没有执行。`,
  trouble: '连接出现问题，要再试一次吗？',
  faults: {
    required: '请填写此必填项。',
    too_short: (bound) => `请至少输入 ${bound} 个字符。`,
    too_long: (bound) => `最多输入 ${bound} 个字符。`,
    too_many: (bound) => `最多选择 ${bound} 项。`,
    email: '请输入有效的邮箱地址。',
    url: '请输入有效的链接，以 https:// 开头。',
    number: '请输入数字。',
    integer: '请输入整数。',
    below: (bound) => `请输入不小于 ${bound} 的数。`,
    above: (bound) => `请输入不大于 ${bound} 的数。`,
  },
};

export type Language = 'en' | 'zh';

/** The language of the two that a locale (`zh-CN`, `en_GB`…) asks for. */
export function languageOf(locale: string): Language {
  return /^zh(?![a-z])/i.test(locale) ? 'zh' : 'en';
}

export function workspaceWords(language: Language): WorkspaceWords {
  return language === 'zh' ? zh : en;
}
