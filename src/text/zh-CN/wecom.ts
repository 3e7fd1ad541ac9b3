/** What WeCom's refusals mean and what an administrator clicks; the adapter reports codes as data. */
const codes: Readonly<Record<number, string>> = {
  40001: '应用的 Secret 不对，或应用已停用。请在管理后台「应用管理 → 自建应用」重新复制 Secret。',
  40013: '企业 ID 不对。请在「我的企业 → 企业信息」底部复制企业 ID。',
  40056: 'AgentId 不对。请在应用详情页顶部复制 AgentId。',
  301002: 'AgentId 和 Secret 不是同一个应用的。请从同一个应用详情页复制。',
  43012: '应用没有设置回调地址，按钮无法使用。请在「接收消息 → 设置 API 接收」填写回调地址。',
  45009: '调用太频繁，企业微信暂停了这个接口。稍后会自动继续，不用处理。',
  48002: '应用没有调用这个接口的权限。请在对应功能的「可调用接口的应用」里勾选本应用。',
  48006: '应用长期不用，权限被收回。请在应用详情页重新启用权限。',
  50003: '应用已停用。请在应用详情页启用。',
  60011: '成员不在应用的可见范围。请在应用详情页「可见范围」加入这位成员。',
  60020: '本机 IP 不在企业可信 IP 里。请在应用详情页「企业可信 IP」加入服务器的出口 IP，约 1 分钟后生效。',
  60021: '成员不在应用的可见范围。请在应用详情页「可见范围」加入这位成员。',
  60111: '通讯录里没有这个账号。请核对成员的企业微信账号。',
  81013: '这位成员收不到消息：账号不对、已离职，或不在应用的「可见范围」。',
  93000:
    '机器人地址不对，或机器人已被移出群。请在群里重新添加机器人，把新地址里 key= 后面的部分填进环境变量。',
  84074: '应用没有客户联系权限。请在「客户联系 → API → 可调用接口的应用」勾选本应用。',
  301007: '企业已被停用。请联系企业微信客服。',
}

/** `liuke doctor wecom`. */
const doctor = {
  app: '自建应用',
  off: '没有启用',
  switchOn: '在配置文件里设置 wecom.app.enabled: true，步骤见 docs/wecom.zh-CN.md。',
  switchOnRobots: '在配置文件里设置 wecom.webhook.enabled: true，步骤见 docs/wecom.zh-CN.md。',
  login: '凭证',
  loginGood: '企业 ID 和 Secret 正确',
  address: '可信 IP',
  addressGood: '企业微信接受本机的调用',
  range: '可见范围',
  visible: (n: number) => `应用能看到 ${n} 位在职成员`,
  widen: (accounts: readonly string[], count: number): string =>
    count === 0
      ? '应用看不到任何成员。请在应用详情页「可见范围」加入销售部门。'
      : `${count} 位已绑定的成员不在可见范围（${accounts.join('、')}${count > accounts.length ? '…' : ''}）。请在应用详情页「可见范围」加入他们。`,
  callback: '回调地址',
  aibot: '智能机器人回调地址',
  notTried: '没有检查',
  giveUrl: '加上 --url https://你的域名 再运行一次（服务要先启动）。',
  answered: (url: string, ms: number) => `${url} 在 ${ms} 毫秒内正确应答`,
  refused: {
    slow: '应答超过 1 秒，企业微信会判为失败',
    away: '连不上',
    refused: '拒绝了校验',
    other: '应答的不是留客',
  },
  mendCallback: {
    slow: '检查服务器负载，或域名解析和证书是否太慢。',
    away: '确认 liuke serve 已启动、域名指向这台服务器、443 端口对外开放、证书有效。',
    refused:
      'Token、EncodingAESKey 或企业 ID 和正在运行的服务不一致，或服务器时间不准。改好环境变量后重启服务。',
    other: '反向代理没有把 /callbacks/ 转给留客。按 docs/wecom.zh-CN.md 的示例检查代理配置。',
  },
  customers: '客户联系',
  followers: (n: number) => `${n} 位成员开通了客户联系`,
  message: '测试消息',
  giveTo: '加上 --to 你的企业微信账号 再运行一次，会收到一条测试消息。',
  hello: '留客测试消息：收到这条说明发送正常。',
  sent: (to: string) => `已发给 ${to}，请在企业微信里确认收到`,
  robot: '群机器人',
}

export const wecom = {
  source: '留客',
  more: '更多',
  choose: '选一家',
  done: '已处理',
  mustAsk: '智能机器人只能回答：一小时内没有人在这个群里 @ 它。',
  dayFull:
    '今天的应用消息已发完（每个帐号每天 200 条）。明天零点后自动继续；要多发，请在管理后台增加帐号上限，并修改 wecom.app.accounts。',
  noRobot: '设置里没有这个群机器人。请在 wecom.webhook.robots 里加上。',
  codes,
  doctor,
  kinds: {
    busy: '企业微信暂时繁忙，会自动重试。',
    rate: '调用太频繁，稍后自动继续。',
    token: '访问凭证失效，会自动重取。',
    configuration: '应用配置不对。请核对企业 ID、AgentId 和 Secret。',
    permission: '应用权限不够。请检查应用详情页的权限、可信 IP 和可见范围。',
    recipient: '这位成员收不到消息。请核对账号和应用的「可见范围」。',
    payload: '消息内容被企业微信拒绝。请把日志发给维护人员。',
    card: '卡片被企业微信拒绝。请把日志发给维护人员。',
    group: '群聊不可用：不存在，或不是本应用建的。',
    bot: '机器人不可用：地址不对、已停用，或已被移出群。',
    customer: '客户联系接口拒绝了这次操作。',
    login: '网页登录失败，请重新打开页面。',
    unknown: '企业微信返回了没见过的错误，会自动重试。',
  },
}
