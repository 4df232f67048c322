import type { FileKind } from '../../core/errors.ts';
import type { Catalogue } from '../en.ts';
import { grouped, span } from '../format.ts';

type ErrorFacts = Parameters<Catalogue['errors']['platform_rejected']>[0];

const fileKinds: Record<FileKind, string> = {
  xlsx: '文件是 Excel 工作簿或压缩包。请将号码所在的工作表另存为 CSV（UTF-8）后上传。',
  xls: '文件是旧格式或带密码的 Excel 工作簿。请将号码所在的工作表另存为 CSV（UTF-8）后上传。',
  web_page: '文件内容是网页，即使扩展名像 Excel。请用电子表格软件打开并另存为 CSV（UTF-8）后上传。',
  vcard: '文件是通讯录（vCard）。请导出为 CSV 后上传。',
  json: '文件是 JSON 数据。请导出为 CSV 后上传。',
  pdf: '文件是 PDF。请上传 CSV 或 TXT 格式的列表。',
  archive: '文件是压缩包。请解压后上传其中的 CSV 或 TXT 文件。',
  picture: '文件是图片。请上传 CSV 或 TXT 格式的列表。',
};

const said = (facts: ErrorFacts): string => (facts.words === null ? '' : `平台提示：${facts.words}。`);
const wait = (facts: ErrorFacts): string => {
  if (facts.waitMs === null) return '请一分钟后重试。';
  const { hours, minutes, seconds } = span(facts.waitMs);
  return `请在 ${hours > 0 || minutes > 0 ? `${hours * 60 + minutes} 分钟` : `${Math.max(1, seconds)} 秒`}后重试。`;
};

export const errors: Catalogue['errors'] = {
  platform_unauthorized: (facts) => `外呼平台拒绝了访问令牌。${said(facts)}请管理员更新 \`DIALER_TOKEN\`。`,
  platform_forbidden: (facts) => `本应用在外呼平台上的账号没有此操作的权限。${said(facts)}请管理员开通权限。`,
  platform_not_found: (facts) => `在外呼平台上找不到对应的内容。${said(facts)}可能已被删除，请刷新任务列表。`,
  platform_rejected: (facts) =>
    facts.words === null
      ? '外呼平台拒绝了这次操作，但没有说明原因。请检查填写的内容后重试。'
      : `外呼平台拒绝了这次操作。${said(facts)}`,
  platform_task_running: (facts) => `任务正在运行，外呼平台不允许此操作。${said(facts)}请先暂停任务再重试。`,
  platform_rate_limited: (facts) => `请求过于频繁，外呼平台暂时限流。${wait(facts)}`,
  platform_server_error: (facts) =>
    `外呼平台内部出错${facts.status === null ? '' : `（状态码 ${facts.status}）`}。${said(facts)}请一分钟后重试，如仍失败，请联系平台客服。`,
  platform_malformed: () => '外呼平台返回的内容无法识别。请重试，如仍失败，请管理员检查 `DIALER_URL`。',
  platform_empty: () => '外呼平台返回的内容为空或不完整。请重试，如仍失败，请联系平台客服。',
  platform_timeout: (facts) =>
    facts.maybeSent
      ? '外呼平台没有及时响应，操作可能已经生效。请先查看任务，不要直接重复操作。'
      : '外呼平台没有及时响应，任务未做任何改动。请一分钟后重试。',
  platform_unreachable: (facts) =>
    facts.maybeSent
      ? '与外呼平台的连接中断，操作可能已经生效。请先查看任务，不要直接重复操作。'
      : '无法连接外呼平台，任务未做任何改动。请一分钟后重试，或请管理员检查 `DIALER_URL`。',
  platform_redirect: () => '外呼平台将请求重定向到其他地址，出于安全考虑，本应用不会跟随。请管理员检查 `DIALER_URL`。',
  platform_too_large: () =>
    '外呼平台的任务列表超出了可读取的上限，因此未显示任何任务。请管理员调大 `DIALER_MAX_TASKS` 或 `DIALER_MAX_MB`。',
  task_gone: () => '这个任务在外呼平台上已不存在，请刷新任务列表。',
  task_changed: () => '在此期间有人修改了这个任务，请重新打开以查看最新内容。',
  group_gone: () => '这个禁呼时段在外呼平台上已不存在，请重新查看列表。',
  outcome_unknown: () => '平台的响应丢失，无法确认操作是否生效。请先查看任务，不要直接重复操作。',
  already_sent: () => '这次导入已发送或已放弃，号码不会重复发送。',
  held_elsewhere: () => '本应用的另一个进程正在发送或刚刚处理完这次导入，号码不会重复发送。',
  not_permitted: () => '你没有在此执行这项操作的权限，请联系管理员。',
  not_yours: () => '这是其他人提供的，只有本人可以继续。请自己重新打开表单。',
  submission_unknown: () => '已找不到这份表单的记录。重新新建前，请先查看任务列表。',
  file_too_large: () => '文件过大：上限为 10 MB、100,000 行。请拆分后分次导入。',
  file_unreadable: ({ fileKind }) =>
    fileKind ? fileKinds[fileKind] : '无法从文件中识别号码。请另存为 UTF-8 编码的 CSV 或 TXT 文件后重试。',
  file_download_failed: () => '无法从 Slack 下载文件。请重新上传，如仍失败，请管理员确认应用拥有 `files:read` 权限。',
  file_too_slow: () => '读取号码列表耗时过长，已停止。请拆分后分次导入。',
  file_too_complex: () => '读取号码列表占用内存过多，已停止。请只保留号码和姓名列，或拆分后重试。',
  reader_busy: () => '正在读取其他几份号码列表，请一分钟后重试。',
  chat_failed: (facts) => `Slack 未能完成这次操作${facts.words === null ? '' : `（${facts.words}）`}。${wait(facts)}`,
  store_failed: () => '应用数据暂时无法读写。请一分钟后重试，如仍失败，请联系管理员。',
  internal: () => '应用内部出错。请重试，如仍失败，请将下方的参考编号提供给管理员。',
};

export const issues: Catalogue['issues'] = {
  requiredText: (label) => `请填写${label}。`,
  requiredChoice: (label) => `请选择${label}。`,
  tooLong: (max) => `内容过长，最多 ${grouped(max)} 个字符。`,
  notAWholeNumber: '请输入整数，例如 10。',
  outOfRange: (min, max) => `超出范围，请输入 ${grouped(min)} 到 ${grouped(max)} 之间的数。`,
  overLine: (max) => `超过该线路的空闲并发（最多 ${grouped(max)} 路）。请降低并发，或改选其他线路。`,
  notAvailable: (label) => `所选${label}在平台上不可用，请重新选择。`,
};
