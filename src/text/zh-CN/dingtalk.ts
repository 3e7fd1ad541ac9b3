import { doctor } from './dingtalk-doctor.ts'

/** What DingTalk's refusals mean and what an administrator clicks; the adapter reports codes as data. */
const usedUp = '本月接口调用次数已用完。请购买增购包；未发的消息保留三天，刚说过话的人仍能得到文字回复。'

const codes: Readonly<Record<string, string>> = {
  invalidClientIdOrSecret:
    'Client ID 或 Client Secret 不对。请在开放平台「应用详情 → 凭证与基础信息」重新复制。',
  authFailed: 'Client ID 或 Client Secret 不对。请在开放平台「应用详情 → 凭证与基础信息」重新复制。',
  InvalidAuthentication: '新取的访问凭证也被拒绝。请核对 Client ID 和 Client Secret，并确认应用没有停用。',
  'Forbidden.AccessDenied.IpNotInWhiteList':
    '本机 IP 不在白名单里。请在开放平台「安全设置 → 服务器出口 IP」加入服务器的出口 IP。',
  '60020': '本机 IP 不在白名单里。请在开放平台「安全设置 → 服务器出口 IP」加入服务器的出口 IP。',
  'Forbidden.AccessDenied.AccessTokenPermissionDenied':
    '应用缺少权限。请在开放平台「权限管理」申请，然后重新发布版本。',
  'Forbidden.AccessDenied.ApiCountLimitForOrg': usedUp,
  '90020': usedUp,
  '60011': '应用缺少通讯录权限。请在开放平台「权限管理」申请，然后重新发布版本。',
  '50004':
    '部门不在应用的通讯录范围里。请在「权限管理」把「接口权限范围」设为全部员工，或把设置 dingtalk.directory.departments 改成范围里的部门。',
  '60003': '设置 dingtalk.directory.departments 里的部门不存在。请在管理后台通讯录核对部门 ID。',
  'invalidParameter.robotCode.notExsit': 'robotCode 不对。企业内部应用一般与 Client ID 相同。',
  'bot.stopped': '机器人已停用。请在开放平台「机器人」页启用并重新发布。',
  'param.templateNotExist': '卡片模板 ID 不对。请在卡片平台复制已发布模板的 ID（以 .schema 结尾）。',
  'param.templateUnpublished': '卡片模板还没有发布。请在卡片平台发布它。',
  'staffId.notExisted': '这个人不在企业里，或不在应用的可见范围。请检查「可见范围」。',
  'group.disbanded': '群已解散，或机器人不在群里。请把机器人加入群。',
  'systemError.notPermittedAccess':
    '设置 dingtalk.customers.operator 里的人看不了客户管理的数据。请换成客户管理的管理员。',
  'crm.not.installed': '企业没有安装「客户管理」。请在工作台安装，或关闭这个数据源。',
  '410100': '群机器人一分钟内发了 20 条以上，钉钉让它停十分钟，之后自动继续。',
  '400101': 'Webhook 的 access_token 不对。请在群设置「机器人」里重新复制地址。',
  '400102': '群机器人已停用。请在群设置「机器人」里启用。',
  '400013': '群已解散。请在设置里去掉这个群机器人。',
  '400106': '群机器人已被移出群。请在群里重新添加，并更新它的密钥。',
  '310000': '被群机器人的安全设置挡住。请在群设置「机器人 → 安全设置」核对加签密钥。',
  '310000 keyword': '消息里没有安全设置的自定义关键词。请把其中一个填到这个机器人的 keyword。',
  '310000 sign': '加签密钥不对。请在群设置「机器人 → 安全设置」重新复制 SEC 开头的密钥。',
  '310000 timestamp': '服务器时间差了一小时以上。请校准时间。',
  '310000 ip': '本机 IP 不在群机器人的 IP 地址段里。请在群设置「机器人 → 安全设置」加入。',
}

export const dingtalk = {
  open: '打开',
  textOnly: '我只能看懂文字。发送「帮助」看看我会做什么。',
  noRobot: '设置里没有这个群机器人。请在 dingtalk.webhook.robots 里加上。',
  codes,
  doctor,
  lacking: (say: string, scopes: readonly string[]) => `${say}缺少：${scopes.join('、')}`,
  kinds: {
    busy: '钉钉暂时繁忙，会自动重试。',
    rate: '调用太频繁，稍后自动继续。',
    banned: '调用过多，本机 IP 被钉钉暂停几分钟，之后自动继续。',
    quota: '本月钉钉调用次数接近或达到上限。请购买增购包，或减少推送。',
    daily: '今天的调用次数已用完，明天自动继续。',
    token: '访问凭证失效，会自动重取。',
    credentials: '应用凭证不对。请核对 Client ID 和 Client Secret。',
    network: '本机 IP 不被允许。请检查开放平台「安全设置」里的出口 IP。',
    permission: '应用权限不够。请在「权限管理」申请，并重新发布版本。',
    robot: '机器人不可用。请检查 robotCode、机器人是否启用、版本是否已发布。',
    recipient: '这个人收不到消息。请核对账号和应用的可见范围。',
    group: '群不可用：不存在、已解散，或机器人不在群里。',
    content: '消息内容被钉钉拒绝。请把日志发给维护人员。',
    payload: '消息被钉钉拒绝。请把日志发给维护人员。',
    template: '卡片模板不可用。请检查模板 ID 和是否已发布；在此之前以文字发送。',
    exists: '卡片已经发送过。',
    login: '登录码无效或已过期。请重新登录。',
    doubt: '不知道消息是否送达，为避免重复不再发送。',
    unknown: '钉钉返回了没见过的错误。请把日志发给维护人员。',
  },
}
