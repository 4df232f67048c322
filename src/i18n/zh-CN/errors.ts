import type { ConnectionTrouble } from '../../core/connection-trouble.ts';
import type { FileKind, FileTrouble } from '../../core/errors.ts';
import type { Catalogue } from '../en.ts';
import { grouped, span } from '../format.ts';

type ErrorFacts = Parameters<Catalogue['errors']['platform_rejected']>[0];

const saveAs = '将号码所在的工作表另存为 XLSX 或 CSV（UTF-8）后上传';

const fileKinds: Record<FileKind, string> = {
  xls: `文件是旧版 Excel 工作簿（XLS）。请用电子表格软件打开，${saveAs}。`,
  xlsb: `文件是二进制 Excel 工作簿（XLSB）。请用 Excel 打开，${saveAs}。`,
  open_document: `文件是 OpenDocument 格式（ODS）。请用电子表格软件打开，${saveAs}。`,
  iwork: '文件来自 Numbers 等 Apple 应用。请在该应用中导出为 Excel 或 CSV 后上传。',
  encrypted: `文件设有密码。请打开文件、取消密码，${saveAs}。`,
  damaged: '文件已损坏或不完整，无法打开。请确认文件能在电脑上打开，重新保存为 XLSX 或 CSV 后上传。',
  document: '文件是文字文档或演示文稿。请将列表复制到电子表格中，保存为 XLSX 或 CSV 后上传，也可以直接粘贴号码。',
  web_page: `内容是网页，即使扩展名像 Excel。请用电子表格软件打开，${saveAs}。`,
  xml: `内容是 XML，即使扩展名像 Excel。请用电子表格软件打开，${saveAs}。`,
  vcard: '内容是通讯录（vCard）。请导出为 CSV 后上传，也可以只粘贴号码。',
  json: '内容是 JSON 数据。请导出为 CSV 后上传，也可以只粘贴号码。',
  email: '内容是电子邮件。请保存其中的列表附件后上传，也可以只粘贴号码。',
  pdf: '文件是 PDF。请上传其原始列表（XLSX、CSV 或 TXT），也可以直接粘贴号码。',
  archive: '文件是压缩包。请解压后上传其中的 XLSX、CSV 或 TXT 文件。',
  picture: '文件是图片。请上传 XLSX、CSV 或 TXT 格式的列表。',
  media: '文件是音频或视频。请上传 XLSX、CSV 或 TXT 格式的列表。',
  binary: '文件是数据库或程序。请将列表导出为 CSV 后上传。',
};

const fileTroubles: Record<FileTrouble, string> = {
  busy: '多次请求后，Slack 仍未返回文件。请几分钟后重试。',
  not_ready: 'Slack 仍在处理这个文件。请等上传完成后重试。',
  deleted: '文件已被删除，请重新上传。',
  tombstoned: '文件已按工作区的规则（例如保留期限）移除，请重新上传。',
  hidden_by_plan: '文件早于工作区套餐可查看的期限，已被 Slack 隐藏。请从电脑重新上传。',
  access_denied: 'Slack 不允许本应用访问这个文件。请下载后在导入表单中上传。',
  not_found: '文件所在的会话中没有本应用，或文件已不存在。请邀请本应用加入，或在导入表单中上传文件。',
  scope_missing: '本应用没有读取文件的权限。请管理员授予 `files:read` 权限，或直接粘贴号码。',
  external: '文件保存在 Slack 之外（例如网盘），Slack 中只有链接。请从原处下载为 XLSX 或 CSV 后上传。',
  email: '这是转发到 Slack 的电子邮件。请保存其中的列表附件后上传，也可以直接粘贴号码。',
  canvas: '这是 Slack 画布，无法作为列表读取。请复制其中的号码并粘贴。',
  list: '这是 Slack 列表，无法作为文件读取。请从其菜单导出为 CSV 后上传。',
};

const connections: Record<ConnectionTrouble, string> = {
  refused: '平台地址没有响应，请一分钟后重试，或请管理员检查 `DIALER_URL`。',
  unknown_host: '平台地址无法解析，请管理员检查 `DIALER_URL` 和域名服务器。',
  no_route: '没有通往平台的网络，请管理员检查网络。',
  cut_off: '连接被中断，请一分钟后重试。',
  timed_out: '未能及时建立连接，请一分钟后重试。',
  certificate_untrusted: '平台的证书不受信任，请管理员检查证书，或设置 `NODE_EXTRA_CA_CERTS`。',
  certificate_expired: '平台的证书已过期，请管理员联系平台客服。',
  certificate_early: '平台的证书尚未生效，请管理员检查机器的时间。',
  certificate_name: '平台的证书属于另一台主机，请管理员检查 `DIALER_URL`。',
  certificate_refused: '平台的证书无法验证，请管理员检查证书。',
  no_tls: '平台地址上的服务不支持 HTTPS，请管理员检查 `DIALER_URL`。',
  proxy_unreachable: '无法连接中间的代理，请管理员检查 `HTTPS_PROXY`。',
  proxy_login: '中间的代理拒绝了密码，请管理员检查 `HTTPS_PROXY`。',
  proxy_refused: '中间的代理不允许访问平台，请管理员检查代理规则。',
};

const atMost = ({ limit }: ErrorFacts, unit: string): string =>
  limit === null ? '' : `，上限为 ${grouped(limit)}${unit}`;

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
      : `无法连接外呼平台，任务未做任何改动。${facts.connection === null ? '请一分钟后重试，或请管理员检查 `DIALER_URL`。' : connections[facts.connection]}`,
  platform_redirect: () => '外呼平台将请求重定向到其他地址，出于安全考虑，本应用不会跟随。请管理员检查 `DIALER_URL`。',
  platform_other_account: () =>
    '外呼平台返回的是另一个账号的数据，因此未显示也未改动任何内容。请管理员检查 `DIALER_TOKEN`。',
  platform_too_large: () =>
    '外呼平台的任务列表超出了可读取的上限，因此未显示任何任务。请管理员调大 `DIALER_MAX_TASKS` 或 `DIALER_MAX_MB`。',
  task_gone: () => '这个任务在外呼平台上已不存在，请刷新任务列表。',
  task_changed: () => '在此期间有人修改了这个任务，请重新打开以查看最新内容。',
  group_gone: () => '这个禁呼时段在外呼平台上已不存在，请重新查看列表。',
  outcome_unknown: () => '平台的响应丢失，无法确认操作是否生效。请先查看任务，不要直接重复操作。',
  already_sent: () => '这次导入已发送或已放弃，号码不会重复发送。',
  not_paused: (facts) =>
    facts.maybeSent
      ? '无法确认任务是否已暂停，因此没有提交这些号码。重试前请先查看任务卡片。'
      : `任务未能暂停${facts.words === null ? '' : `（${facts.words}）`}，因此没有提交这些号码。请一分钟后重试。`,
  already_decided: () => '该导入已结束，或已有其他人处理。',
  import_overdue: () => '导入中断已超过 12 小时，因此不会自动继续。如果仍需拨打这些号码，请手动恢复。',
  numbers_key_wrong: () =>
    '由于 `NUMBERS_KEY` 设置缺失或已更改，无法读取禁拨名单和已提交过的号码，因此没有导入任何号码。请联系管理员恢复密钥。',
  held_elsewhere: () => '本应用的另一个进程正在发送或刚刚处理完这次导入，号码不会重复发送。',
  calling_stopped: () =>
    '全部外呼已急停，恢复之前不会启动任何任务。用 `恢复` 命令可查看是谁急停的，并重新启动相关任务。',
  outside_legal_hours: ({ hours }) =>
    `只能在规定的时段内外呼${hours === null ? '' : `（${hours}）`}，现在不会启动任何任务。请在该时段内启动。`,
  schedule_changed: () => '定时已被修改或删除，请重新打开查看。',
  stop_over: () => '这次急停已结束，或者之后又有人急停了全部外呼。没有做任何改动。',
  already_resuming: () => '有人正在恢复外呼，任务不会重复启动。',
  not_permitted: () => '你没有在此执行这项操作的权限，请联系管理员。',
  not_yours: () => '这是其他人提供的，只有本人可以继续。请自己重新打开表单。',
  submission_unknown: () => '已找不到这份表单的记录。重新新建前，请先查看任务列表。',
  file_too_large: (facts) =>
    `文件过大${atMost(facts, ' MB')}。请只保留号码和姓名列，或拆分后分次导入；也可请管理员调大 \`IMPORT_MAX_MB\`。`,
  file_too_many_rows: (facts) =>
    `列表行数过多${atMost(facts, ' 行')}。请拆分后分次导入，或请管理员调大 \`IMPORT_MAX_ROWS\`。`,
  file_too_many_columns: (facts) =>
    `列表列数过多${atMost(facts, ' 列')}。请只保留号码和姓名列，或请管理员调大 \`IMPORT_MAX_COLUMNS\`。`,
  file_unpacks_too_large: (facts) =>
    `工作簿解压后过大${atMost(facts, ' MB')}。请将号码和姓名列复制到新的工作簿，或另存为 CSV；也可请管理员调大 \`IMPORT_MAX_UNPACKED_MB\`。`,
  file_unreadable: ({ fileKind }) =>
    fileKind ? fileKinds[fileKind] : '无法从文件中识别号码。请另存为 XLSX，或 UTF-8 编码的 CSV、TXT 文件后重试。',
  file_download_failed: ({ fileTrouble }) =>
    fileTrouble
      ? fileTroubles[fileTrouble]
      : '无法从 Slack 下载文件。请重新上传，或直接粘贴号码；如仍失败，请联系管理员。',
  file_too_slow: () => '读取号码列表耗时过长，已停止。请拆分后分次导入，或请管理员调大 `IMPORT_READ_SECONDS`。',
  file_too_complex: () =>
    '读取号码列表占用内存过多，已停止。请只保留号码和姓名列，或拆分后重试；也可请管理员调大 `IMPORT_READ_MB`。',
  reader_busy: () => '正在读取其他几份号码列表，请一分钟后重试。',
  other_version: () => '这是其他版本的 Dialdeck 生成的，因此没有执行任何操作。请用斜杠命令重新打开。',
  chat_failed: (facts) => `Slack 未能完成这次操作${facts.words === null ? '' : `（${facts.words}）`}。${wait(facts)}`,
  store_failed: () => '应用数据暂时无法读写。请一分钟后重试，如仍失败，请联系管理员。',
  store_not_ours: () => '应用数据属于另一个工作区或外呼平台的另一个账号，请联系管理员。',
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
