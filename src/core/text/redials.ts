import { fold } from './fold.ts';

interface RedialRule {
  name: string | null;
  remark: string | null;
  enabled: boolean;
}

/** Longer texts are descriptions, and not read. */
const maxLength = 60;

/** What a rule is called that does not redial: the whole of a phrase, so that 关机不重呼 (a condition) is none of them. */
const denials =
  /^(?:不|无|无需|不需要|不用|不进行|不再|禁止|关闭|停用)(?:自动)?(?:重呼|重拨|重新呼叫|重复呼叫)$|^(?:重呼|重拨)(?:次数)?(?::| )?0次?$|^(?:no|without|never|do not|don't) (?:automatic )?(?:redial|recall|retry|retries)(?:s|ing|ling|ed)?$|^(?:redial|recall|retry) (?:off|never)$/;

/** Says nothing of redials beside a denial: 默认/不重呼. */
const neutral =
  /^(?:系统)?默认(?:规则)?$|^(?:the )?(?:system )?default(?: rule)?$|^(?:自动)?(?:重呼|重拨)?规则$|^(?:redial )?rule$/;

/** Says that something is redialed, when it is not part of a denial. */
const mention = /重呼|重拨|重新呼叫|重复呼叫|redial|recall|retr(?:y|ies)/;

/** What the phrases of a text say: \`no\` when they deny redials and nothing else; \`some\` when redials are named otherwise. */
function saying(text: string): 'no' | 'some' | 'nothing' {
  const plain = fold(text.slice(0, maxLength + 1));
  if (plain.length > maxLength) return mention.test(plain) ? 'some' : 'nothing';
  const phrases = plain
    .split(/[/|,;、。.()[\]【】_·-]+/)
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '' && !neutral.test(phrase));
  if (phrases.length > 0 && phrases.every((phrase) => denials.test(phrase))) return 'no';
  const rest = plain.replaceAll(/(?:重呼|重拨|redial|recall) ?(?:规则|策略|rules?)/g, '');
  return mention.test(rest) ? 'some' : 'nothing';
}

/** The few rules of an account, and every task names one with every poll. */
const judged = new Map<string, boolean>();
const maxJudged = 1_000;

/**
 * Whether a redial rule calls numbers again. The platform tells neither how often nor which ones, only the name of the
 * rule, its remark and whether it is on. A rule that is on redials nothing when its name or its remark says so in so
 * many words, and the other one does not name any redials; whatever is less clear may redial.
 */
export function redials({ name, remark, enabled }: RedialRule): boolean {
  if (!enabled) return false;
  const key = `${name}\n${remark}`;
  const known = judged.get(key);
  if (known !== undefined) return known;
  const said = [saying(name ?? ''), saying(remark ?? '')];
  const result = !said.includes('no') || said.includes('some');
  if (judged.size >= maxJudged) judged.clear();
  judged.set(key, result);
  return result;
}
