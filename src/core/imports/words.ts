/**
 * The words of column titles and of labels beside a number, by what they say. Written in lower case; Chinese in both
 * scripts where they differ. A title is recognized by the words it contains, whatever else it contains.
 */
export type WordKind =
  /** Says that it is a phone number. */
  | 'phone'
  /** A number of any kind; a phone number where a `call` word or nothing else is beside it. */
  | 'number'
  /** The customer’s: as a qualifier of a phone number or, for `person`, alone as a name. */
  | 'own'
  | 'person'
  | 'organization'
  /** Sells to the customer, or is one: `商家`. */
  | 'merchant'
  /** The number to dial. */
  | 'call'
  /** One more number of the same person. */
  | 'further'
  /** A person with a part of their own: the customer, unless the row names another party too. */
  | 'party'
  /** Someone who is not the customer, or a number that must not be dialed. */
  | 'other'
  | 'name'
  | 'first_name'
  | 'last_name'
  | 'extension'
  | 'area'
  | 'country'
  /** `code` makes a country’s name of a column a code. */
  | 'code'
  /** What a column without phone numbers holds. */
  | 'column'
  /** A column of remarks. */
  | 'remark'
  /** Says nothing about whose number it is. */
  | 'noise';

const lists: Record<WordKind, string> = {
  phone: `手机 手机号 手机号码 手机电话 电话 电话号 电话号码 联系方式 联络方式 联系号码 座机 座机号 座机号码 固话 固定电话 移动电话 手提电话
    被叫 被叫号码 被叫号 客户号码 用户号码 手機 手機號 手機號碼 電話 電話號碼 聯絡電話 聯絡方式 行動電話 市話 室內電話
    phone phones phoneno mobile mobiles cell cellphone cellular tel telno telephone telephones handphone msisdn landline
    whatsapp phonenumber mobilephone mobilenumber
    行动电话 電話番号 携帯電話 携帯番号 携帯 連絡先 聯繫方式 聯繫電話 mob mbl phn ph gsm`,
  number: `号码 號碼 number numbers num no nr 号 號 番号 nbr`,
  own: `机主 本人 个人 自己 本机 有效 常用 首选 主要 主 新 最新 现 现用 目前 实名 绑定 注册 登记 预留 工作 办公 家庭 家里 住宅 宅 移动
    固定 微信 新客户 老客户 primary main home work office business personal my own direct preferred day daytime evening
    billing valid active current e164 international national formatted full registered smart
    变更后 更换后 修改后 改后 预约 登录 登陆 认证 验证 支付宝 银行 线索 意向 意向客户 装机 宽带 开户 签约 中奖 留资 办理 缴费 办公室 住家 居家 市內 待呼 名单 best verified cust shipping`,
  person: `客户 客户人 用户 顾客 会员 联系人 联络人 法人 法人代表 法定代表人 法代 客戶 用戶 顧客 會員 聯絡人 聯繫人
    customer customers client clients contact contacts user users member lead prospect contactperson
    潜客 潜在客户 访客 客人 居民 村民 群众 粉丝 受访者 被访者`,
  organization: '公司 企业 单位 企業 單位 company organization organisation business firm account',
  merchant: '商户 商家 机构 店铺 商戶 機構 店鋪 merchant',
  call: `联系 联络 外呼 待拨 拨打 呼叫 目标 聯絡 called call callee dial dialed target destination to 聯繫`,
  further: `备用 备选 备 其他 其它 更多 另一 另外 第二 第三 第四 附加 補充 備用 更多的 alternate alternative alt secondary second
    third other additional more spare backup`,
  party: `被推荐人 被推荐 被介绍人 被邀请人 接收 接收人 invitee 收货人 收货 收件人 收件 买家 买方 购买人 订购人 下单人 下单 乘客 乘车人 旅客 学员 学生 患者 病人 业主 车主 投保人 被保险人 被保人
    投保 借款人 申请人 承租人 租客 租户 户主 老板 店主 负责人 报名人 报名 参会人 嘉宾 候选人 应聘者 求职者 持卡人 开户人 使用人 领取人
    recipient consignee buyer purchaser passenger student patient tenant applicant candidate borrower insured
    policyholder homeowner attendee guest participant subscriber person
    预约人 就诊人 贷款人 主贷人 面试者 缴费人 办理人 中奖人 经营者 入住人 住客 游客 来访人 来访者 受访人 被访人 咨询人 报修人 报案人 老人`,
  other: `关系 與本人關係 relation relationship 邀请 邀请人 发送 发送人 inviter caregiver 推荐 推荐人 推荐者 推薦 推薦人 介绍 介绍人 引荐 转介绍 紧急 紧急联系人 应急 緊急 緊急聯絡人 经理 客户经理 经办 经办人 客服 业务 业务员
    業務 業務員 销售 销售员 銷售 推销员 顾问 顧問 置业顾问 担保 担保人 保证人 配偶 爱人 老公 老婆 丈夫 妻子 父亲 母亲 父母 爸爸 妈妈 儿子 女儿
    子女 家属 亲属 亲友 亲戚 朋友 同事 监护人 监护 家长 主管 上级 领导 跟进人 归属人 所属人 所有人 分配 坐席 座席 代理 代理人 代理商
    录入人 录入 创建人 操作员 操作人 制表 制表人 填表人 快递员 快递 骑手 司机 配送 配送员 送货员 房东 中介 班主任 老师 导师 教师 医生 门店 店长
    总部 热线 客服热线 主叫 外显 中继 线路 坐席号 寄件 寄件人 发件 发件人 卖家 卖方 供应商 服务商 经销商 渠道 合伙人 助理 秘书 员工 工作人员 维修 师傅
    管家 物业 传真 傳真 旧 原 老 曾用 历史 过期 无效 失效 停用 作废 注销 错误 错 空号 拒接 拒绝 勿 勿打 请勿 禁止 不要 别打 黑名单 退订 屏蔽 停机
    fax faxes facsimile emergency ice referrer referer referral referred referredby refer sales salesman salesperson
    salesrep seller agent broker manager owner rep reps representative staff employee assistant secretary guardian
    parent parents spouse wife husband partner mother father mom dad son daughter kin nok relative friend guarantor
    reference introducer sponsor support service hotline dealer distributor store branch caller callerid from sender
    supervisor boss created createdby assigned driver courier landlord doctor teacher coach supplier vendor cosigner
    coapplicant old former previous invalid wrong bad dnc donotcall optout blacklist blocked unsubscribed do not never
    colleague coworker neighbor neighbour reporter
    拨打人 呼叫人 致电人 外呼人 外呼人员 拨号人 主叫人 登记人 对接 对接人 维护 维护人 接待 接待人 跟单 拓客 邀约 分享人 推广 引流 地推 招商 主播 团长 调度
    爷爷 奶奶 外公 外婆 姥姥 姥爷 姑姑 姑父 阿姨 姨妈 舅舅 舅妈 叔叔 伯父 伯母 婶婶 公公 婆婆 岳父 岳母 女婿 儿媳 媳妇 哥哥 姐姐 弟弟 妹妹 未婚妻 未婚夫 男友 女友 男朋友 女朋友 前妻 前夫
    伴侣 恋人 闺蜜 室友 舍友 邻居 家人 长辈 近亲属 同住 同行 陪同 陪护 护工 护士 保姆 月嫂 家政 保安 门卫 保洁 财务 会计 出纳 法务 律师 人事 行政 采购 招聘 面试官 教练 私教 导购
    民警 片警 干部 书记 支书 村支书 上司 老总 上家 上线 监理 施工 包工头 承运 承运人 货主 发货 发货人 供货 供货商 厂家 生产商 加盟商 开发商 售后 投诉 客诉 服务 咨询 前台 总机 官网 官方
    报警 急救 法院 法官 居委 居委会 村委会 医院 幼儿园 网点 共同 共借 共借人 联保 联保人 保人 代收 代收人 代领 代领人 代付 代付人 代办 代办人 经手 经手人 审核 审核人 审批 审批人
    填报 填报人 制单 制单人 开单 开单人 接单 接单人 派单 回访人 测试 样例 示例 变更前 更换前 改前 修改前 之前 以前 上一个 緊急連絡先 紹介者 紹介 担当者 担当 営業 保護者 家族 家屬 親屬 配偶者 監護人
    facsimile hr helpdesk shop nurse attorney lawyer physician accountant executive ae bdr sdr csr shipper pickup return hospital clinic upline captain sibling brother sister
    grandparent grandparents grandfather grandmother roommate carer caretaker witness sample test dummy recruiter interviewer submitter warehouse desk reception
    technician installer inspector facilitator affiliate leader switchboard tollfree joint coborrower by`,
  name: `姓名 名字 名称 全名 称呼 大名 姓名称呼 名稱 稱呼 name names fullname 氏名 名前`,
  first_name: '名 first firstname given givenname forename',
  last_name: '姓 姓氏 last lastname surname family familyname',
  extension: '分机 分机号 分机号码 内线 分機 ext extension extensions extn',
  area: '区号 地区号 电话区号 长途区号 長途區號 區號 areacode',
  country:
    '国家 国别 國家 国际 国码 國碼 国家代码 国家码 国家区号 国际区号 国际冠码 country countrycode dialcode dialingcode callingcode isd',
  code: '代码 码 code codes prefix',
  column: `username 用户名 会员名 area 序号 编号 序列号 流水号 行号 id ids uid uuid index sn serial 身份证 证件 证件号 证件号码 身份证号 身份证号码 护照 订单 订单号 订单号码 单号
    运单 运单号 快递单号 物流 车牌 车牌号 车牌号码 银行卡 银行卡号 卡号 账号 帐号 账户 户号 学号 工号 会员号 会员卡 客户号 客户编号 合同 合同号 保单 保单号
    qq qq号 微信号 wechat 邮箱 邮件 邮编 email mail zip zipcode postcode postal 城市 省 省份 市 区 区县 县 地区 地址 住址 街道 归属地 归属 城镇
    city state province region district address street location 性别 年龄 生日 出生日期 学历 职业 职务 职位 部门 行业 gender sex age birthday
    birthdate title position department industry 日期 时间 时长 年 月 创建时间 date time datetime timestamp created_at duration 状态 结果 类型 类别
    分类 等级 级别 标签 次数 数量 金额 价格 余额 积分 套餐 产品 商品 品牌 型号 机型 来源 运营商 status state result type category level tag tags count
    amount price balance product brand model source carrier operator package plan 备注说明 通话 录音 短信 验证码 custom passport order policy
    invoice ticket license plate website url 开户行 车型 班级 年级 学校 class grade school 项目 任务 group batch`,
  remark:
    '备注 附注 说明 注释 意见 反馈 備註 留言 跟进 跟进记录 沟通记录 note notes remark remarks comment comments memo description',
  noise: `以下 下列 以上 昵称 同 同号 联通 电信 必填 选填 必须 可选 请填写 填写 请 格式 位 位数字 数字 的 或 和 及 与 列 栏 信息 资料 数据 名单 列表 清单 表 仅 只 支持 含 带 加 人 者 您 你 他 一 二 三
    四 国内 大陆 内地 中国 全国 文本 明文 唯一 纯 半角 全角 单个 一个 每行 默认 重要 原始 完整 真实 准确 正确 不带 不含 空格 横线 可空 不可空 非空 自动 国际 手机端 o h w us cn required optional the a of your s digit digits only format or and with is info information data list please enter field
    column excel text string value st nd raw in for`,
};

const words = new Map<string, WordKind>();
for (const [kind, list] of Object.entries(lists) as [WordKind, string][]) {
  for (const word of list.split(/\s+/)) if (word !== '' && !words.has(word)) words.set(word, kind);
}

export const wordKind = (word: string): WordKind | undefined => words.get(word);

/** Characters of the longest word. */
export const maxWordLength = Math.max(...[...words.keys()].map((word) => word.length));
