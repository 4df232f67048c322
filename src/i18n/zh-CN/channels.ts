import type { Catalogue } from '../en.ts';

export const channels: Catalogue['channels'] = {
  mistake: (typed) =>
    `${typed} 不是这个工作区的频道，因此没有做任何改动。请输入 \`#\`，再从 Slack 显示的列表中选择频道。`,
  outside:
    '你或我不在那个频道，或者频道不存在，因此没有做任何改动。请先加入频道，在其中输入 `/invite @Dialdeck`，然后重试。',
  declined: '未授予 `channels:read` 和 `groups:read` 权限，我无法确认你是否在那个频道。请直接在那个频道中输入命令。',
  unanswered: 'Slack 暂时无法确认你是否在那个频道，因此没有做任何改动。请稍后重试。',
  absent:
    '我无法在这里发布消息：这是我不在其中的私密频道或会话。如果是频道，请输入 `/invite @Dialdeck` 后重试；如果只给自己看，请使用与我的私信。',
  archived: '那个频道已归档，我无法在其中发布消息。请取消归档，或选择其他频道。',
  ended: (who, name, channel) => `${who} 取消了你在 ${channel} 对 *${name}* 的订阅。`,
};
