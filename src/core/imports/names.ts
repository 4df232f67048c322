import { labelOf, namesOther } from './labels.ts';

const maxNameLength = 100;

/** A name as it may be sent; no text is better than damaged text. */
export function nameOf(cell: string): string | null {
  // Nearly all names.
  if (cell.length <= maxNameLength && /^[\u4e00-\u9fffA-Za-z]+\d{0,6}$/.test(cell)) return cell;
  const name = cell
    .replace(/^=\s*"(.*)"$/, '$1')
    .replace(/^\s*'(.*)'\s*$/, '$1')
    .replace(/^["“”]+|[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  // What holds a number is a remark about someone.
  return name === '' || /[\ufffd\p{Co}]|\d[\d -]{5,}\d/u.test(name) ? null : [...name].slice(0, maxNameLength).join('');
}

/** First and last name as one: `Li Lei`, and in Chinese the family name first and no blank. */
export function fullName(first: string | null, last: string | null): string | null {
  if (first === null || last === null) return first ?? last;
  return nameOf(/\p{Script=Han}/u.test(first + last) ? `${last}${first}` : `${first} ${last}`);
}

/** The family names of nearly all Chinese people, in both scripts; rare ones that usually begin other words are left out. */
const surnames = new Set(
  `王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许韩邓冯曹彭曾肖萧田董袁潘于余叶杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴
  贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戚莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦
  俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳穆卜古吉冷卓褚卫蒋窦项巫
  張劉陳楊黃趙吳孫馬鄭謝許韓鄧馮蕭葉蘇呂盧鍾譚範陸賈韋鄒閻龍賀顧龔萬錢嚴湯莊聶歐關蘭紀單藍蔣衛項齊喬龐顏魯蔡賴赖洪邱丘简簡`.replace(
    /\s/g,
    '',
  ),
);
const doubleSurnames = new Set(
  '欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 夏侯 东方 皇甫 尉迟 公孙 慕容 司徒 令狐 宇文 长孙 端木 南宫'.split(' '),
);

/** Places and words that begin with a family name and are none. */
const noNames = new Set(
  `安徽 江西 江苏 江蘇 宁夏 宁波 金华 温州 成都 苏州 郑州 黄石 黄山 黄冈 石家庄 秦皇岛 武汉 康定 马鞍山 梅州 柳州 惠州 莱芜 汤山 舒城 齐齐哈尔
  牛人 马上 白天 白名单 高级 高管 高端 金卡 金牌 银牌 单位 单身 包月 包年 成交 成人 成功 方便 安排 安装 文员 江北 江南 江东 段位 季度 左右 华东 华北
  华南 华中 华西 关机 关注 解约 管理 游客 易怒 路人 向导 尚可 万元 许可 任何 任意 余额 施工 石油 金融 程序 汪洋 阳性 阳光 冷淡`.split(
    /\s+/,
  ),
);

/** Whether a text is the name of a person, as far as can be seen: a Chinese name or address, or capitalized words. */
export function looksLikeName(text: string): boolean {
  const name = text.trim();
  if (name === '' || name.length > 40 || noNames.has(name) || labelOf(name) !== null || namesOther(name)) return false;
  if (/^\p{Script=Han}/u.test(name)) {
    const double = doubleSurnames.has(name.slice(0, 2));
    if (!double && !surnames.has(name.charAt(0))) return /^\p{Script=Han}{2,8}[·•.]\p{Script=Han}{1,8}$/u.test(name);
    return /^\p{Script=Han}{2,4}$/u.test(name) && !/[省市区县镇村路街]$/.test(name);
  }
  return /^\p{Lu}[\p{L}'’-]*\.?(?: \p{Lu}[\p{L}'’-]*\.?){0,3}$/u.test(name) && /\p{Ll}/u.test(name);
}
