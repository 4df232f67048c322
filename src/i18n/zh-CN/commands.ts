import type { Catalogue } from '../en.ts';

export const commands: Catalogue['commands'] = {
  new: {
    word: '新建',
    args: '[名称] [--from <任务>]',
    hint: '新建外呼任务',
    examples: ['新建', '新建 春季续费提醒', '新建 --from 3'],
  },
  list: {
    word: '列表',
    args: '[运行 | 暂停 | 等待 | 完成] [名称]',
    hint: '查看任务列表，每页 10 个',
    examples: ['列表', '列表 运行', '列表 春季'],
  },
  show: { word: '查看', args: '<任务>', hint: '查看任务卡片（仅自己可见）', examples: ['查看 3', '查看 春季'] },
  edit: { word: '修改', args: '<任务>', hint: '修改任务，保存前可核对改动', examples: ['修改 3'] },
  start: { word: '启动', args: '<任务…>', hint: '检查后启动任务', examples: ['启动 3', '启动 3 4 5'] },
  pause: {
    word: '暂停',
    args: '<任务… | 全部 | 我的 | 线路… | 名称…>',
    hint: '立即暂停任务',
    examples: ['暂停 3', '暂停 春季', '暂停 线路 上海', '暂停 全部'],
  },
  delete: { word: '删除', args: '<任务>', hint: '删除已暂停的任务，需输入名称确认', examples: ['删除 3'] },
  import: { word: '导入', args: '[任务]', hint: '上传文件或粘贴号码来导入', examples: ['导入', '导入 3'] },
  imports: {
    word: '导入记录',
    args: '[任务]',
    hint: '查看导入记录，恢复或结束导入',
    examples: ['导入记录', '导入记录 3'],
  },
  dnc: {
    word: '禁拨',
    args: '添加 <号码> | 移除 <号码> | 导入 | 统计',
    hint: '管理禁拨名单',
    examples: ['禁拨 添加 138 0013 8000', '禁拨 导入', '禁拨 统计'],
  },
  watch: {
    word: '订阅',
    args: '<任务 | 全部 | 我的 | 线路 … | 名称 …> [到 #频道 | 给我] | 列表 | 测试 | 设置',
    hint: '在频道中订阅任务，或让消息发给你',
    examples: [
      '订阅 3',
      '订阅 全部',
      '订阅 3 到 #外呼',
      '订阅 我的 给我',
      '订阅 线路 华东 1',
      '订阅 名称 春季',
      '订阅 列表',
      '订阅 测试',
      '订阅 设置',
    ],
  },
  unwatch: {
    word: '退订',
    args: '<任务 | 全部 | 我的 | 线路 … | 名称 …> [在 #频道 | 给我]',
    hint: '退订任务',
    examples: ['退订 3', '退订 全部', '退订 我的 给我'],
  },
  mute: {
    word: '静音',
    args: '<时长> | 关闭',
    hint: '这里暂时不发消息，任务卡片仍会更新',
    examples: ['静音 2 小时', '静音 30 分钟', '静音 关闭'],
  },
  quiet: {
    word: '禁呼',
    args: '[禁呼时段] [时间]',
    hint: '查看禁呼时段，或填写其时间',
    examples: ['禁呼', '禁呼 午休 12:00–13:30', '禁呼 夜间 周一至周五 21:00–08:30；周末 00:00–24:00'],
  },
  help: { word: '帮助', args: '[命令]', hint: '查看用法', examples: ['帮助', '帮助 导入'] },
};
