/** Permissions (权限点) as 权限管理 lists them. */
const permissions: Readonly<Record<string, string>> = {
  qyapi_robot_sendmsg: '企业内机器人发送消息权限',
  'Card.Instance.Write': '互动卡片实例写权限',
  qyapi_get_department_list: '通讯录部门信息读权限',
  qyapi_get_department_member: '通讯录部门成员读权限',
  qyapi_crm_maindata_read: '客户管理数据读权限（搜索 CRM）',
}

/** `liuke doctor dingtalk`. */
export const doctor = {
  app: '企业内部应用',
  off: '没有启用',
  switchOn: '在配置文件里设置 dingtalk.enabled: true，步骤见 docs/dingtalk.zh-CN.md。',
  login: '凭证',
  loginGood: 'Client ID 和 Client Secret 正确',
  robot: '机器人',
  switchOnRobots: '在配置文件里设置 dingtalk.webhook.enabled: true，步骤见 docs/dingtalk.zh-CN.md 第 11 步。',
  robotGood: 'robotCode 正确，可以发消息',
  card: '卡片',
  cardGood: '可以更新卡片；模板加 --to 才能检查',
  noTemplate: '没有设置模板：消息是文字，没有按钮',
  giveTemplate: '要按钮的话，按 docs/dingtalk.zh-CN.md 第 6 步搭建模板，把 ID 填到 dingtalk.templateId。',
  permissions,
  apply: (names: readonly string[]): string =>
    `请在开放平台「权限管理」申请：${names.join('、')}。申请后到「版本管理与发布」发布新版本。`,
  range: '通讯录',
  visible: (n: number): string => `应用能看到 ${n} 人`,
  widen: (accounts: readonly string[], count: number): string =>
    count === 0
      ? '应用看不到任何人。请在「权限管理」把「接口权限范围」设为全部员工或销售部门。'
      : `${count} 位已绑定的人看不到（${accounts.join('、')}${count > accounts.length ? '…' : ''}）。请在「权限管理」的「接口权限范围」和应用的「可见范围」加入他们。`,
  customers: '客户管理',
  readable: (n: number): string => `读得到，第一页 ${n} 家`,
  stream: '长连接',
  streamGood: '已连上，并正常断开',
  openStream:
    '请检查：①「机器人」页「消息接收模式」是「Stream 模式」；②版本已发布；③服务器能访问 api.dingtalk.com 和 wss-open-connection.dingtalk.com 的 443 端口。',
  quota: '本月调用次数',
  used: (api: number, apiLimit: number, stream: number, streamLimit: number): string =>
    `留客用了 接口 ${api}/${apiLimit}，推送 ${stream}/${streamLimit}（企业里其他应用的不计在内）`,
  buy: '快用完了。请在开放平台购买增购包，或调小 push.perDay；额度按 dingtalk.monthlyApiCalls 和 monthlyStreamCalls 计算。',
  message: '测试消息',
  notTried: '没有检查',
  giveTo: '加上 --to 你的钉钉 userId 再运行一次，会收到一条测试消息。',
  hello: '留客测试消息：收到这条说明发送正常。',
  sent: (to: string): string => `已发给 ${to}，请在钉钉里确认收到`,
}
