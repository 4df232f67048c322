import type { Catalogue } from '../en.ts';

export const refusals: Catalogue['refusals'] = {
  other_app: '这是发给其他应用的请求，因此没有执行任何操作。',
  other_team: '我只为安装我的工作区服务，不处理其他工作区的请求，因此没有执行任何操作。',
  stranger: '我只为安装我的工作区的成员服务。你属于其他组织，因此没有执行任何操作。',
  bot: '我不接受应用或机器人的指令，因此没有执行任何操作。',
  deactivated: '这个账号已停用，因此没有执行任何操作。',
  guest: '这个工作区的访客不能使用我，因此没有执行任何操作。管理员可以通过设置 `ALLOW_GUESTS` 允许访客使用。',
  unsure: 'Slack 暂时无法确认你的身份，因此没有执行任何操作。请稍后重试；暂停任务不受影响。',
  over_share: '短时间内的请求过多，最后一次请求没有执行。请等待几秒；暂停任务不受影响。',
};
