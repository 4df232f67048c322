import type { Catalogue } from '../en.ts';
import { grouped } from '../format.ts';

export const listWarnings: Catalogue['listWarnings'] = {
  columnNamed: (title) => `${title}列`,
  columnAt: (position) => `第 ${grouped(position)} 列`,
  list: '列表',
  where: (column, cells, of) => `${column}检查的 ${grouped(of)} 个单元格中有 ${grouped(cells)} 个`,
  oneNumber: (where, phone) =>
    `${where}是同一个号码 ${phone}，很可能是公司、销售人员的号码或占位号码，而不是每位客户自己的号码。导入后它会被拨打一次，并使用其中第一位客户的姓名。请改选其他列，或修正列表。`,
  garbled: (column, sample) =>
    `${column}中的姓名疑似乱码（${sample}）：列表曾以错误的编码保存或打开。请重新导出为 XLSX。`,
  garbledChoose: '也可以在下方改选编码，或选择不使用姓名。',
  lossy: {
    scientific: (where) =>
      `${where}是科学计数法（1.38E+10）：末尾几位已丢失，无法从该文件恢复。请在原始表格中将该列设为文本格式后重新导出。`,
    rounded: (where) =>
      `${where}末尾的数字已被表格软件替换为 0（如 13800100000，或超过 15 位）：这些可能是他人的号码或空号。请在原始表格中将该列设为文本格式后重新导出。`,
    dates: (where) =>
      `${where}是日期：号码可能已被表格软件改变，或该列并不是号码列。请改选其他列，或在原始表格中将该列设为文本格式后重新导出。`,
    errors: (where) => `${where}是表格错误（如 #####）。请加宽该列或修正公式后重新导出。`,
  },
};
