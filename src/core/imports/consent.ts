import { narrow } from '../text/narrow.ts';

/** What a list says about whether its rows may be called: columns of marks, and remarks. */

/** A column of marks: `forbids` where it is marked, `allows` unless it says no. */
export type Consent = 'forbids' | 'allows';

const maxTitleLength = 60;

/** What the marks of a column are about, by its title; null for every other column. */
export function consentOf(title: string): Consent | null {
  const text = narrow(title.slice(0, maxTitleLength))
    .toLowerCase()
    .replace(/[\s_-]/g, '');
  if (isStatus(text)) return null;
  if (forbidding.test(text)) return 'forbids';
  return allowing.test(text) ? 'allows' : null;
}

/** Whether a column says in words what was found of a number, as `空号检测` does. */
export const isStatus = (title: string): boolean =>
  /状态|狀態|标签|標籤|结果|結果|检测|校验|核验|status|tag|result|check|disposition/i.test(title);

const forbidding =
  /do(?:no|n'?)t(?:call|contact|disturb|phone)|dnc|opt(?:ed)?out|unsubscri|blacklist|blocklist|suppress|免打扰|免打擾|勿扰|勿擾|勿打|勿拨|勿撥|(?:禁止?|不[可能准要许]以?|不允许|不同意|不接受|拒绝?)(?:被|再)?(?:拨|打|呼|外呼|联系|聯繫|来电|接听|接|访|回访|营销)|黑名单|黑名單|退订|退訂|空号|停机|已?注销/;
const allowing =
  /(?:可以?|允许|允許|同意|愿意|接受)(?:被|再)?(?:拨打|呼叫|外呼|联系|聯繫|致电|来电|接听|回访|营销)|可[拨打呼]|can(?:be|we|i)?(?:call|contact)|okto(?:call|contact)|call(?:ing)?(?:allowed|permitted|ok|consent)|allow(?:ed)?(?:to)?(?:call|contact)|consent|opt(?:ed)?in\b/;

/** Whether the mark in such a column says not to call. What is neither yes nor no is a mark, as a date of opting out. */
export function marksNoCall(consent: Consent, cell: string): boolean {
  if (cell === '' || cell.length > maxRemarkLength) return false;
  const mark = narrow(cell).trim().toLowerCase();
  if (mark === '') return false;
  if (consent === 'allows')
    return /^(?:否|不.{0,4}|未同意|无|拒绝.{0,3}|禁.{0,3}|勿.{0,3}|no|n|false|f|0|[x×✗✘✖]|denied|refused|revoked|never)$/.test(
      mark,
    );
  return !/^(?:否|不是|非|无|没有?|未.{0,4}|正常|不退订|no|n|none|null|nil|n\/a|false|f|0|active|normal|[-–—/\\.]{1,3})$/.test(
    mark,
  );
}

const maxRemarkLength = 30;

/**
 * Whether a remark says not to call, or that the number is not the customer’s. One that names another number may be
 * about that, and one that names a time is about that.
 */
export function remarkForbids(remark: string): boolean {
  if (remark.length < 2 || remark.length > maxRemarkLength || /\d/.test(remark)) return false;
  const text = narrow(remark).trim().toLowerCase();
  if (wholeRemark.test(text)) return true;
  return refusing.test(text) && !timeOfDay.test(text);
}

const wholeRemark =
  /^(?:已?(?:进|加|拉)?入?黑(?:名单)?|已?退订|已?拒接|拒绝(?:来电|联系|接听|回访|接受)?|勿扰|免打扰|dnc|do not disturb|opt(?:ed)?[\s-]?out|unsubscribed|blacklisted|空号|停机|已?停用|已?注销|已?销号|号码(?:错误|有误|不对)|错号|打错了?|(?:不是|非)(?:本人|机主|他|她)?|(?:已经?)?换(?:号|人|机主)了?|wrong (?:number|person)|not (?:the )?(?:right )?(?:person|owner|customer)|disconnected|invalid number|number changed)[。.!！]*$/;
const refusing =
  /(?:请勿|不要|不准|不许|不得|禁止|勿|别|莫)(?:再|继续|给(?:我|他|她|您|客户|本人)|随便|来)*(?:拨|打|呼|联系|联络|骚扰|致电|来电|扰)|不(?:想|愿意?)?(?:再)?(?:接受?|接到|被)(?:电话|来电|联系|回访|营销|骚扰|打扰)|拒绝(?:再)?(?:来电|联系|接听|回访|营销|推销|通话|被)|do(?:n'?t| not|n’t) (?:ever )?(?:call|contact|phone|ring|disturb)|(?:stop|no more) call|never call|no calls?\b/;
const timeOfDay =
  /早|午|晚|夜|周末|周[一二三四五六日天]|星期|白天|工作日|节假日|点|时段|期间|后再|之前|以后|morning|noon|evening|night|weekend|before|after|during|座机|手机|固话|landline|mobile/;
