import type { Text } from '../index.ts'

const codes: Readonly<Record<number, string>> = {
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
  301007: 'The company is suspended. Contact WeCom support.',
}

export const wecom: Text['wecom'] = {
  source: 'Liuke',
  more: 'More',
  choose: 'Customer',
  done: 'Done',
  noRobot: 'No group robot of this name is set up. Add it to wecom.webhook.robots.',
  codes,
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
