/** One command in help: what it is for, how it is typed, what people really type. */
export interface CommandHelp {
  readonly word: string
  readonly purpose: string
  readonly usage: string
  readonly examples: readonly string[]
}

const help: Readonly<Record<string, CommandHelp>> = {
  help: { word: '帮助', purpose: '能做什么', usage: '帮助 [命令或名词]', examples: ['帮助', '帮助 流失率'] },
  mine: { word: '我的', purpose: '今天先联系谁、约好联系谁', usage: '我的', examples: ['我的'] },
  customer: {
    word: '客户',
    purpose: '一张卡看清一个客户',
    usage: '客户 名称',
    examples: ['客户 张三制造', '客户张三制造'],
  },
  why: {
    word: '为什么',
    purpose: '风险从哪来：日期、事实、分数',
    usage: '为什么 名称',
    examples: ['为什么 张三制造'],
  },
  tier: {
    word: '分层',
    purpose: '价值分层与 RFM 三个原始数',
    usage: '分层 名称',
    examples: ['分层 张三制造'],
  },
  play: {
    word: '打法',
    purpose: '怎么跟：做到第几步、到哪天、何时停',
    usage: '打法 名称',
    examples: ['打法 张三制造', '怎么跟 张三制造'],
  },
  brief: {
    word: '准备',
    purpose: '联系前看：3 条事实、上次约定、一句开场',
    usage: '准备 名称',
    examples: ['准备 张三制造', '拜访 张三制造'],
  },
  draft: {
    word: '草稿',
    purpose: '写好一段消息，改好自己发',
    usage: '草稿 名称',
    examples: ['草稿 张三制造'],
  },
  'follow-up': {
    word: '跟进',
    purpose: '一句话记跟进',
    usage: '跟进 名称 结果 [备注] [下次日期]',
    examples: ['跟进 张三制造 有意向 下周三再约', '跟进 张三制造 没接电话 明天'],
  },
  won: {
    word: '挽回',
    purpose: '记为挽回；再下单才算证实',
    usage: '挽回 名称',
    examples: ['挽回 张三制造'],
  },
  lost: {
    word: '流失登记',
    purpose: '登记流失和原因，关单，90 天后提醒挽回',
    usage: '流失登记 名称 [原因] [日期]',
    examples: ['流失登记 张三制造 价格', '流失登记 张三制造 竞品 11/20'],
  },
  'clean-up': { word: '清理', purpose: '旧风险单一键关掉', usage: '清理', examples: ['清理'] },
  list: {
    word: '名单',
    purpose: '按条件看风险客户',
    usage: '名单 [高|紧急|中|观察|临近流失|数据不足] [区域]',
    examples: ['名单', '名单 临近流失 华东'],
  },
  churn: {
    word: '流失',
    purpose: '流失率，带口径和区间',
    usage: '流失 [期间] [团队]',
    examples: ['流失 本月', '流失 2026Q3 华东'],
  },
  effect: {
    word: '成效',
    purpose: '提醒有没有用：和对照组比',
    usage: '成效 [挽回 [打法] | 话术] [期间] [团队]',
    examples: ['成效', '成效 本季 华东', '成效 挽回 打法', '成效 话术'],
  },
  'follow-up-rate': {
    word: '跟进率',
    purpose: '按时跟进率和响应时间，带口径',
    usage: '跟进率 [期间] [团队]',
    examples: ['跟进率 本月', '跟进率 上周 华东'],
  },
  wechat: {
    word: '微信数据',
    purpose: '小组的微信回复率、被删除数',
    usage: '微信数据',
    examples: ['微信数据'],
  },
  transfer: {
    word: '转交',
    purpose: '把风险单或客户转给同事',
    usage: '转交 客户 同事 [原因]',
    examples: ['转交 张三制造 小李', '转交 张三制造 小李 客户要求换人'],
  },
  leave: {
    word: '请假',
    purpose: '请假期间提醒先给代班的人，到期自动恢复',
    usage: '请假 [姓名] 几天或到哪天 [转 代班人]；请假 取消',
    examples: ['请假 3天 转 小李', '请假 到周五', '请假 取消'],
  },
  amend: {
    word: '改',
    purpose: '改刚才的跟进：结果、原因、日期、客户',
    usage: '改 [改成什么]',
    examples: ['改', '改 价格 下周五'],
  },
  reasons: {
    word: '原因',
    purpose: '流失原因排行，带家数和区间',
    usage: '原因 [期间] [团队] [原因]',
    examples: ['原因 本月', '原因 本季 价格'],
  },
  'contact-change': {
    word: '换人',
    purpose: '客户换了联系人：记下来，5 个工作日内对接',
    usage: '换人 客户 [老联系人→]新联系人',
    examples: ['换人 张三制造 李娜', '换人 张三制造 张伟→李娜'],
  },
  feedback: {
    word: '反馈',
    purpose: '记下客户想要什么，有进展告诉你',
    usage: '反馈 客户 内容',
    examples: ['反馈 张三制造 想要小包装'],
  },
  grumble: {
    word: '吐槽',
    purpose: '说说哪里不好用，不记名',
    usage: '吐槽 内容',
    examples: ['吐槽 跟进还要打两遍'],
  },
  undo: { word: '撤销', purpose: '撤回刚才的记录', usage: '撤销', examples: ['撤销'] },
  'feedback-list': {
    word: '反馈列表',
    purpose: '客户想要什么，改进展，自动告诉提交人',
    usage: '反馈列表',
    examples: ['反馈列表'],
  },
  'answer-grumble': {
    word: '回复吐槽',
    purpose: '回复一条吐槽，对方不记名也能收到',
    usage: '回复吐槽 编号 内容',
    examples: ['回复吐槽 3 下周改好'],
  },
  'hand-over': {
    word: '交接',
    purpose: '离职同事的客户一次交出去',
    usage: '交接 [离职人] [接手人，或平均]',
    examples: ['交接', '交接 赵敏 李强', '交接 赵敏 平均'],
  },
  bind: {
    word: '绑定',
    purpose: '绑定人员，或在群里选定团队',
    usage: '绑定 平台ID 姓名或工号（群里：绑定 团队名）',
    examples: ['绑定 zhangsan 张三', '绑定 华东'],
  },
  preview: {
    word: '试算',
    purpose: '改评分设置前先看影响，再保存',
    usage: '试算 [设置=数值 …]',
    examples: ['试算 高=0.7', '试算 中=0.5 高=0.7', '试算'],
  },
  holdout: {
    word: '对照组',
    purpose: '抽一部分提醒晚发，才知道提醒有没有用',
    usage: '对照组；对照组 开 比例；对照组 关',
    examples: ['对照组', '对照组 开 10%', '对照组 关'],
  },
  'go-live': {
    word: '上线',
    purpose: '评分模型：回测报告，采用或改回规则',
    usage: '上线 [版本号]',
    examples: ['上线', '上线 2'],
  },
  preferences: {
    word: '偏好',
    purpose: '每天推哪些、推几家',
    usage: '偏好；只看高价值；全部都看；每天最多 3 家',
    examples: ['偏好', '只看高价值', '每天最多 3 家', '每天最多 3 家 全组（主管）'],
  },
  competitors: {
    word: '竞品',
    purpose: '录入竞品活动，看期间客户有没有异常',
    usage: '竞品；竞品 录入 名称 开始 结束 [地区]；竞品 删除 编号',
    examples: ['竞品', '竞品 录入 双11大促 11/1 11/11 华东', '竞品 删除 3'],
  },
  signals: {
    word: '信号',
    purpose: '每个信号的误报率，静音或恢复',
    usage: '信号；静音 名称；恢复信号 名称',
    examples: ['信号', '静音 沉默', '恢复信号 沉默'],
  },
}

/** 名词解释: `帮助 流失率`. Words as people type them → one or two sentences. */
const glossary: Readonly<Record<string, string>> = {
  流失率: '期间流失的期初客户 ÷ 期初客户；新增和回流不抵扣。口径（多久没往来算流失）写在每个数字下面。',
  回流: '已经算流失、这期又下单的客户；单独列，不抵扣流失。',
  新增: '这期第一次下单的客户；不进分母。',
  区间: '95 % 区间：客户越少，真实流失率可能差得越远。',
  口径: '多久没有下单或续费算流失，按客户类型定，有版本；改了口径，旧报告保留旧版本。',
  风险: '未来一段时间流失的概率，由带日期的事实算出，发「为什么 名称」能看到每一条。',
  风险等级: '观察、中、高、紧急四级；轻微波动不换级。',
  有效跟进: '有结果的联系。没有结果的只算「仅触达」，不会停掉提醒。',
  仅触达: '联系过但没有结果，比如没接电话；不算有效跟进。',
  误报: '这次提醒不对。转渠道、换签约主体、已关停的以后不再提醒；周期长、季节性的过一阵再看。',
  分层: '按近 12 个月成交分 A、B、C 类；价值和风险是两回事。',
  RFM: '最近多久下单、下单几次、近 12 个月金额，各分 1–5 分，合成八个分群。',
  阶段: '客户走到哪一步：刚来、成长、稳定，还是在离开。',
  采购周期: '这个客户自己两次下单之间通常隔多久。',
  数据不足: '历史太少，暂不打分。',
  样本不足: '客户数太少，比例会骗人，所以不下结论。',
  数据停更: '数据源没有按时更新，这时暂停推送，先通知管理员。',
}

export const commands = {
  help,
  glossary,
  topics: { work: '跟进', customer: '看客户', figures: '看数据', people: '转交请假', own: '其他' },
  topicTitle: (topic: string): string => `帮助 · ${topic}`,
  helpTitle: '我能帮你做这些',
  helpSummary: '发「帮助 命令」看用法和例子。',
  helpNote: '斜杠、空格可有可无；发「帮助 跟进」看用法，「帮助 流失率」看解释。',
  usage: '用法',
  examples: '例',
  howTo: (word: string): string => `「${word}」请这样写`,
  suggestion: (words: string): string => `你是不是想发「${words}」？`,
  suggestionButton: (words: string): string => words,
  glossaryMiss: (word: string): string => `没有「${word}」的说明，能查的名词有：`,
  welcome: {
    title: (name: string): string => `你好，${name}，我是留客`,
    summary: '每个工作日早上告诉你先联系谁、为什么。',
    steps: [
      '1. 上班时我发一张卡：最多 5 家客户，每家一个理由。',
      '2. 联系完点「已联系」，再回一句结果就记好了。',
      '3. 随时发「我的」「客户 名称」「为什么 名称」。',
    ],
  },
  bindCard: {
    title: '我还不认识你',
    summary: (id: string): string => `请管理员给我发「绑定 ${id} 你的姓名」。`,
    step: (id: string): string => `请把下面这句转给管理员，由管理员私聊发给我：绑定 ${id} 你的姓名或工号`,
    note: '为了保护客户资料，只有管理员能绑定。',
    idLabel: '你的平台 ID',
  },
  bind: {
    done: (id: string, name: string): string => `已绑定：${id} → ${name}`,
    groupDone: (team: string): string => `本群显示「${team}」的合计。`,
    noMember: (name: string): string => `没有叫「${name}」的成员，请核对姓名或工号。`,
    severalMembers: (name: string, n: number): string => `叫「${name}」的有 ${n} 位，请用工号。`,
    noTeam: (name: string, names: string): string => `没有团队「${name}」。现有：${names}`,
  },
  undo: {
    nothing: (minutes: number): string => `${minutes} 分钟内没有可以撤销的记录。`,
    done: (name: string): string => `已撤销：${name}`,
    followUp: {
      void: '这条跟进已作废，操作留痕。',
      empty: '刚补的结果已收回，这次联系仍算仅触达；再回一句结果就好。',
      next: '刚选的下次日期已收回，跟进还在。',
      changed: '刚改的已收回，跟进还在。',
    },
    caseBack: (state: string): string => `风险单回到「${state}」。`,
    blocked: '之后又有新的变化，这一步撤不回来了。',
  },
}
