import type { Text } from '../index.ts'

export const doctor: Text['dingtalk']['doctor'] = {
  app: 'app',
  off: 'not switched on',
  switchOn: 'set dingtalk.enabled: true in the configuration; docs/dingtalk.md has every step.',
  login: 'credentials',
  loginGood: 'Client ID and Client Secret are right',
  robot: 'robot',
  switchOnRobots: 'set dingtalk.webhook.enabled: true in the configuration; see step 11 of docs/dingtalk.md.',
  robotGood: 'the robotCode is right and may send',
  card: 'cards',
  cardGood: 'cards can be updated; the template is checked with --to',
  noTemplate: 'no template is set: messages are text without buttons',
  giveTemplate: 'for buttons build the template (docs/dingtalk.md, step 6) and set dingtalk.templateId.',
  permissions: {
    qyapi_robot_sendmsg: '企业内机器人发送消息权限 (send as the robot)',
    'Card.Instance.Write': '互动卡片实例写权限 (write cards)',
    qyapi_get_department_list: '通讯录部门信息读权限 (read departments)',
    qyapi_get_department_member: '通讯录部门成员读权限 (read members)',
    qyapi_crm_maindata_read: '客户管理数据读权限 (read customers; search CRM)',
  },
  apply: (names) => `Apply for it under 权限管理: ${names.join(', ')}. Then publish a new version.`,
  range: 'address book',
  visible: (n) => `the app sees ${n} people`,
  widen: (accounts, count) =>
    count === 0
      ? 'The app sees nobody. Set 接口权限范围 under 权限管理 to everybody or the sales departments.'
      : `${count} people that are bound are not seen (${accounts.join(', ')}${count > accounts.length ? ', …' : ''}). Add them to 接口权限范围 and to the app’s visible range.`,
  customers: 'CRM',
  readable: (n) => `readable, ${n} on the first page`,
  stream: 'stream',
  streamGood: 'connected, and closed again',
  openStream:
    'Check: (1) 消息接收模式 on the robot page is Stream 模式; (2) the version is published; (3) this server reaches port 443 of api.dingtalk.com and wss-open-connection.dingtalk.com.',
  quota: 'calls of this month',
  used: (api, apiLimit, stream, streamLimit) =>
    `Liuke has used API ${api}/${apiLimit}, pushes ${stream}/${streamLimit} (other apps of the company not counted)`,
  buy: 'Nearly used up. Buy more on the open platform or lower push.perDay; the limits are dingtalk.monthlyApiCalls and monthlyStreamCalls.',
  message: 'test message',
  notTried: 'not tried',
  giveTo: 'run again with --to YOUR-USERID to get a test message.',
  hello: 'A test message of Liuke: sending works.',
  sent: (to) => `sent to ${to}; please look in DingTalk`,
}
