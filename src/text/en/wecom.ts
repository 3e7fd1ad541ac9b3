import type { Text } from '../index.ts'

const codes: Readonly<Record<number, string>> = {
  40014: 'The access token ended; a new one is fetched by itself.',
  40091: 'The Secret belongs to another company. Copy it from the app page of this one.',
  48009: 'This API refuses the server’s IP. Use the Secret of the self-built app, not that of contacts sync.',
  50001: 'The page’s domain is not trusted. Set it on the app page under web authorisation.',
  50002: 'The member is outside the app’s visible range. Add the member on the app page.',
  82001: 'The receivers are empty or all wrong. Check the member’s account and the app’s visible range.',
  84061: 'Member and customer are no contacts any more; this customer cannot be read.',
  84083: 'Customer contact is off for the member. Add the member under Customer contact → permissions.',
  86008: 'The group was not made by this app. Use a group robot.',
  93001: 'The group allows no pushes. Allow them in the settings of the group.',
  93004: 'The robot is disabled. Enable it in the group or add it again.',
  93008: 'The robot is not in this group. Add it again.',
  40001: 'The Secret is wrong or the app is disabled. Copy the Secret again: Apps → your app.',
  40013: 'The CorpID is wrong. Copy it from My Company → Company info.',
  40056: 'The AgentId is wrong. Copy it from the top of the app page.',
  301002: 'AgentId and Secret belong to different apps. Copy both from one app page.',
  43012: 'The app has no callback address, so buttons cannot work. Set it under Receive messages → API.',
  45009: 'Too many calls: WeCom paused this API. It goes on by itself.',
  48002: 'The app may not call this API. Tick the app in the list of apps allowed to call it.',
  48006: 'The app was unused for long and lost its permissions. Enable them again on the app page.',
  50003: 'The app is disabled. Enable it on the app page.',
  60011: 'The member is outside the app’s visible range. Add the member on the app page.',
  60020:
    'This server’s IP is not trusted. Add its outgoing IP on the app page, Trusted IPs; it takes a minute.',
  60021: 'The member is outside the app’s visible range. Add the member on the app page.',
  60111: 'The address book has no such account. Check the member’s WeCom account.',
  81013: 'This member cannot be reached: wrong account, has left, or outside the app’s visible range.',
  93000: 'The robot’s address is wrong, or it was removed from its group. Add it again and set the new key.',
  84074: 'The app lacks customer-contact permission. Tick it under Customer contact → API.',
  93006: 'The robot does not know this chat: mention it there once, or send it a direct message.',
  846605: 'This answer came too late; it was sent to the chat instead.',
  846608: 'This answer took too long; it was sent to the chat instead.',
  301007: 'The company is suspended. Contact WeCom support.',
}

/** `liuke doctor wecom`. */
const doctor: Text['wecom']['doctor'] = {
  app: 'self-built app',
  off: 'not switched on',
  switchOn: 'set wecom.app.enabled: true in the configuration; docs/wecom.md has every step.',
  switchOnRobots: 'set wecom.webhook.enabled: true in the configuration; docs/wecom.md has every step.',
  login: 'credentials',
  loginGood: 'CorpID and Secret are right',
  address: 'trusted IP',
  addressGood: 'WeCom takes calls from this machine',
  range: 'visible range',
  visible: (n) => `the app sees ${n} members`,
  widen: (accounts, count) =>
    count === 0
      ? 'The app sees nobody. Add the sales department to its visible range.'
      : `${count} members that are bound are outside the visible range (${accounts.join(', ')}${count > accounts.length ? ', …' : ''}). Add them on the app page.`,
  callback: 'callback address',
  aibot: 'smart robot’s callback address',
  connection: 'smart robot’s long connection',
  connected: 'connected; BotID and Secret are right',
  connectedByService: 'the running service is connected',
  mendConnection:
    'Can this server reach openws.work.weixin.qq.com, port 443, and does no other program use the same robot?',
  notTried: 'not tried',
  giveUrl: 'run again with --url https://YOUR-HOST while the service runs.',
  answered: (url, ms) => `${url} answered rightly within ${ms} ms`,
  refused: {
    slow: 'it answered after more than a second, which WeCom takes for a failure',
    away: 'it cannot be reached',
    refused: 'it refused the check',
    other: 'what answers is not Liuke',
  },
  mendCallback: {
    slow: 'Look at the load of the server, at name resolution and at the certificate.',
    away: 'Is liuke serve running, does the name lead to this server, is port 443 open, is the certificate valid?',
    refused:
      'Token, EncodingAESKey or CorpID differ from those of the running service, or a clock is wrong. Set the environment and restart.',
    other:
      'The reverse proxy does not hand /callbacks/ to Liuke. Compare it with the example of docs/wecom.md.',
  },
  customers: 'customer contact',
  followers: (n) => `${n} members have customer contact`,
  message: 'test message',
  giveTo: 'run again with --to YOUR-ACCOUNT to get a test message.',
  hello: 'A test message of Liuke: sending works.',
  sent: (to) => `sent to ${to}; please look in WeCom`,
  robot: 'group robot',
}

export const wecom: Text['wecom'] = {
  source: 'Liuke',
  more: 'More',
  choose: 'Customer',
  done: 'Done',
  mustAsk: 'The smart robot can only answer: nobody mentioned it in this chat within the hour.',
  dayFull:
    'The app has sent all messages of its day (200 for each account). It goes on after midnight; for more, raise the account limit and wecom.app.accounts.',
  unlicensed: 'This member has no API licence. Assign one under Apps → API licences.',
  mustWrite:
    'The smart robot writes only to chats that have written to it: mention it in this group first, or send it a direct message.',
  connection: {
    refused:
      'BotID or Secret of the smart robot are wrong. Copy both again from the robot’s page (long connection), set the environment and restart.',
    replaced:
      'Another program is connected with the same smart robot, so Liuke hears nothing. Stop it or make it a robot of its own; Liuke connects again by itself.',
  },
  noRobot: 'No group robot of this name is set up. Add it to wecom.webhook.robots.',
  codes,
  doctor,
  kinds: {
    busy: 'WeCom is busy; it is tried again.',
    rate: 'Too many calls; it goes on later by itself.',
    token: 'The access token ended; a new one is fetched.',
    configuration: 'The app is not set up right. Check CorpID, AgentId and Secret.',
    permission:
      'The app lacks a permission. Check permissions, trusted IPs and visible range on the app page.',
    recipient: 'This member cannot be reached. Check the account and the app’s visible range.',
    payload: 'WeCom refused the message. Send the log to the maintainers.',
    card: 'WeCom refused the card. Send the log to the maintainers.',
    group: 'The group cannot be used: unknown, or not made by this app.',
    bot: 'The robot cannot be used: wrong address, disabled, or removed from the group.',
    customer: 'The customer-contact API refused this.',
    login: 'The page login failed. Open the page again.',
    unknown: 'WeCom gave an unknown error; it is tried again.',
  },
}
