import type { Catalogue } from '../en.ts';

export const subscriptions: Catalogue['subscriptions'] = {
  scopes: {
    all: '全部任务',
    mine: (person) => `${person} 负责的任务`,
    line: (name) => `线路 ${name} 上的任务`,
    name: (text) => `名称含“${text}”的任务`,
  },
};
