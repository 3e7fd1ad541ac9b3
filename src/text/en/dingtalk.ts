import type { Text } from '../index.ts'

const credentials = 'Client ID or Client Secret is wrong. Copy both again: app page → Credentials.'
const address = 'This server’s IP is not allowed. Add its outgoing IP under Security settings.'

const codes: Readonly<Record<string, string>> = {
  invalidClientIdOrSecret: credentials,
  authFailed: credentials,
  InvalidAuthentication:
    'Even a fresh token is refused. Check Client ID, Client Secret and that the app is enabled.',
  'Forbidden.AccessDenied.IpNotInWhiteList': address,
  '60020': address,
  'Forbidden.AccessDenied.AccessTokenPermissionDenied':
    'The app lacks a permission. Apply for the one named in the log and publish the app again.',
  'Forbidden.AccessDenied.ApiCountLimitForOrg':
    'This month’s API calls are used up. Buy more or wait for the next month; messages are kept.',
  'invalidParameter.robotCode.notExsit': 'The robotCode is wrong. It usually equals the Client ID.',
  'bot.stopped': 'The robot is disabled. Enable it on the Robot page and publish again.',
  'param.templateNotExist':
    'The card template id is wrong. Copy that of the published template (ends in .schema).',
  'param.templateUnpublished': 'The card template is not published yet. Publish it in the card builder.',
  'staffId.notExisted': 'This person is not in the company or outside the app’s visible range.',
  'group.disbanded': 'The group is gone or the robot is not in it. Add the robot to the group.',
}

export const dingtalk: Text['dingtalk'] = {
  open: 'Open',
  textOnly: 'I can only read text. Send “help” to see what I can do.',
  codes,
  kinds: {
    busy: 'DingTalk is busy; it is tried again.',
    rate: 'Too many calls; it goes on later by itself.',
    banned: 'Too many calls: DingTalk paused this address for minutes. It goes on by itself.',
    quota: 'This month’s DingTalk calls are nearly or fully used. Buy more or push less.',
    token: 'The access token ended; a new one is fetched.',
    credentials: 'The app’s credentials are wrong. Check Client ID and Client Secret.',
    network: 'This server’s IP is not allowed. Check the outgoing IPs under Security settings.',
    permission: 'The app lacks a permission. Apply for it and publish the app again.',
    robot: 'The robot cannot be used. Check robotCode, that it is enabled, and that the app is published.',
    recipient: 'This person cannot be reached. Check the account and the app’s visible range.',
    group: 'The group cannot be used: unknown, gone, or without the robot.',
    content: 'DingTalk refused the content. Send the log to the maintainers.',
    payload: 'DingTalk refused the message. Send the log to the maintainers.',
    template:
      'The card template cannot be used. Check its id and that it is published; until then text is sent.',
    exists: 'The card was sent before.',
    doubt: 'It is not known whether the message arrived; it is not repeated.',
    unknown: 'DingTalk gave an unknown error. Send the log to the maintainers.',
  },
}
