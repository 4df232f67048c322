import type { Catalogue } from '../en.ts';
import { grouped, span } from '../format.ts';

type Told = Parameters<Catalogue['errors']['platform_rejected']>[0];

const said = (told: Told): string => (told.words === null ? '' : `平台提示：${told.words}。`);
const wait = (told: Told): string => {
  if (told.waitMs === null) return '请一分钟后重试。';
  const { hours, minutes, seconds } = span(told.waitMs);
  return `请在 ${hours > 0 || minutes > 0 ? `${hours * 60 + minutes} 分钟` : `${Math.max(1, seconds)} 秒`}后重试。`;
};

export const errors: Catalogue['errors'] = {
  platform_unauthorized: (told) => `外呼平台不认可访问令牌。${said(told)}请管理员更新 \`DIALER_TOKEN\`。`,
  platform_forbidden: (told) => `本应用的平台账号没有这项权限。${said(told)}请管理员开通权限。`,
  platform_not_found: (told) => `外呼平台上找不到对应的内容。${said(told)}可能已被删除，请刷新任务列表。`,
  platform_rejected: (told) =>
    told.words === null
      ? '外呼平台拒绝了这次操作，但没有说明原因。请检查填写的内容后重试。'
      : `外呼平台拒绝了这次操作。${said(told)}`,
  platform_task_running: (told) => `任务运行中，平台不允许这项操作。${said(told)}请先暂停任务，再重试。`,
  platform_rate_limited: (told) => `请求过于频繁，外呼平台暂时限流。${wait(told)}`,
  platform_server_error: (told) =>
    `外呼平台自身出错${told.status === null ? '' : `（状态码 ${told.status}）`}。${said(told)}请一分钟后重试，如仍失败请联系平台客服。`,
  platform_malformed: () => '外呼平台返回的内容无法识别。请重试，如仍失败请管理员检查 `DIALER_URL`。',
  platform_empty: () => '外呼平台没有返回任何内容。请重试，如仍失败请联系平台客服。',
  platform_timeout: (told) =>
    told.maybeSent
      ? '外呼平台没有及时响应，操作可能已经生效。请先查看任务，不要直接重复操作。'
      : '外呼平台没有及时响应，没有做任何改动。请一分钟后重试。',
  platform_unreachable: (told) =>
    told.maybeSent
      ? '与外呼平台的连接中断，操作可能已经生效。请先查看任务，不要直接重复操作。'
      : '无法连接外呼平台，没有做任何改动。请一分钟后重试，或请管理员检查 `DIALER_URL`。',
  platform_redirect: () => '外呼平台要求跳转到其他地址，出于安全考虑没有跟随。请管理员检查 `DIALER_URL`。',
  task_gone: () => '外呼平台上已经没有这个任务。请刷新任务列表。',
  task_changed: () => '在此期间有人修改过这个任务。请重新打开，查看最新内容。',
  outcome_unknown: () => '平台的响应丢失，无法确认操作是否生效。请先查看任务，不要直接重复操作。',
  already_sent: () => '这次导入之前已经发送或放弃，号码不会重复发送。',
  held_elsewhere: () => '本应用的另一个进程正在发送这次导入，或刚刚处理完。号码不会重复发送。',
  submission_unknown: () => '这份表单已无记录。重新新建之前，请先查看任务列表。',
  file_too_large: () => '文件太大：最多 10 兆字节、100,000 行。请拆分后分次导入。',
  file_unreadable: () => '无法从文件中识别号码。请另存为 UTF-8 编码的 CSV 或 TXT 后重试。',
  file_download_failed: () => '无法从 Slack 下载文件。请重新上传，如仍失败请管理员确认应用拥有 `files:read` 权限。',
  chat_failed: (told) => `Slack 没有接受这次操作${told.words === null ? '' : `（${told.words}）`}。${wait(told)}`,
  store_failed: () => '应用数据暂时无法读写。请一分钟后重试，如仍失败请联系管理员。',
  internal: () => '应用内部出错。请重试，如仍失败请把下方的参考编号告诉管理员。',
};

export const issues: Catalogue['issues'] = {
  requiredText: (label) => `必填项，请填写${label}。`,
  requiredChoice: (label) => `必填项，请选择${label}。`,
  tooLong: (max) => `内容过长，最多 ${grouped(max)} 个字符。`,
  tooLongUnbounded: '内容过长，请缩短。',
  notAWholeNumber: '请输入整数，例如 10。',
  outOfRange: (min, max) => `超出范围，请输入 ${grouped(min)} 到 ${grouped(max)} 之间的数。`,
  tooSmall: (min) => `数值过小，不能小于 ${grouped(min)}。`,
  tooLarge: (max) => `数值过大，不能大于 ${grouped(max)}。`,
  outOfRangeUnbounded: '超出范围，请换一个数。',
  overLine: (max) => `超过线路的空闲并发，最多 ${grouped(max)} 路。请降低并发，或改选其他线路。`,
  overLineUnbounded: '超过线路的空闲并发。请降低并发，或改选其他线路。',
  notAvailable: (label) => `所选${label}在平台上不可用，请重新选择。`,
};
