import { changeDoNotCall } from '../flows/do-not-call.ts';
import { openForm } from '../flows/open-form.ts';
import { textMessage } from '../views/answers.ts';
import { help } from './help.ts';
import type { Subcommand } from './subcommand.ts';

const verbs = {
  add: ['add', '添加', '加入'],
  remove: ['remove', '移除', '删除'],
  import: ['import', '导入'],
  count: ['count', '统计', '数量'],
} as const;
type Verb = keyof typeof verbs;

/** `dnc add <numbers>`, `dnc remove <numbers>`, `dnc import`, `dnc count`. */
export const dnc: Subcommand = async (deps, interaction, rest) => {
  const [, word = '', numbers = ''] = /^(\S*)\s*([\s\S]*)$/.exec(rest) ?? [];
  const verb = (Object.keys(verbs) as Verb[]).find((one) => verbs[one].some((known) => known === word.toLowerCase()));
  if (verb === 'count') {
    const count = await deps.doNotCall.count();
    return interaction.answer(textMessage(interaction.t.doNotCall.count(count)));
  }
  if (verb === 'import') return openForm(deps, interaction, { form: 'do_not_call' });
  if (verb === undefined || numbers.trim() === '') return help(deps, interaction, 'dnc');
  return changeDoNotCall(deps, interaction, { verb, given: { text: numbers } });
};
