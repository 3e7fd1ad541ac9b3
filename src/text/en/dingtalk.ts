import type { Text } from '../index.ts'
import { doctor } from './dingtalk-doctor.ts'

const credentials = 'Client ID or Client Secret is wrong. Copy both again: app page → Credentials.'
const address = 'This server’s IP is not allowed. Add its outgoing IP under Security settings.'

const usedUp =
  'This month’s API calls are used up. Buy more; messages are kept for three days, and whoever just wrote is still answered in text.'

const codes: Readonly<Record<string, string>> = {
  invalidClientIdOrSecret: credentials,
  authFailed: credentials,
  InvalidAuthentication:
    'Even a fresh token is refused. Check Client ID, Client Secret and that the app is enabled.',
  'Forbidden.AccessDenied.IpNotInWhiteList': address,
  '60020': address,
  'Forbidden.AccessDenied.AccessTokenPermissionDenied':
    'The app lacks a permission. Apply for it and publish the app again.',
  'Forbidden.AccessDenied.ApiCountLimitForOrg': usedUp,
  '90020': usedUp,
  '60011': 'The app lacks a contacts permission. Apply for it and publish the app again.',
  '50004':
    'The department is outside what the app may read. Set the range of the contacts permissions to everybody, or dingtalk.directory.departments to departments within it.',
  '60003': 'A department of dingtalk.directory.departments does not exist. Check its id in the address book.',
  'invalidParameter.robotCode.notExsit': 'The robotCode is wrong. It usually equals the Client ID.',
  'bot.stopped': 'The robot is disabled. Enable it on the Robot page and publish again.',
  'param.templateNotExist':
    'The card template id is wrong. Copy that of the published template (ends in .schema).',
  'param.templateUnpublished': 'The card template is not published yet. Publish it in the card builder.',
  'staffId.notExisted': 'This person is not in the company or outside the app’s visible range.',
  'group.disbanded': 'The group is gone or the robot is not in it. Add the robot to the group.',
  'systemError.notPermittedAccess':
    'The person of dingtalk.customers.operator may not see the data of the CRM. Name one of its administrators.',
  'crm.not.installed': 'The company has no customer management app. Install it, or switch this source off.',
  '410100': 'The group robot sent more than 20 messages in a minute and rests for ten. It goes on by itself.',
  '400101': 'The access_token of the webhook is wrong. Copy the address again: group settings → Robots.',
  '400102': 'The group robot is disabled. Enable it: group settings → Robots.',
  '400013': 'The group is gone. Remove this group robot from the settings.',
  '400106': 'The group robot was removed. Add it to the group again and set its new key.',
  '310000':
    'The security settings of the group robot refuse us. Check its signing secret: group settings → Robots.',
  '310000 keyword':
    'The message lacks the keyword of the security settings. Set one of them as keyword of this robot.',
  '310000 sign': 'The signing secret is wrong. Copy the one that begins with SEC: group settings → Robots.',
  '310000 timestamp': 'The clock of this server is wrong by more than an hour. Set it right.',
  '310000 ip': 'This server’s IP is not in the robot’s range. Add it: group settings → Robots → Security.',
}

export const dingtalk: Text['dingtalk'] = {
  open: 'Open',
  textOnly: 'I can only read text. Send “help” to see what I can do.',
  noRobot: 'No group robot of this name is set up. Add it to dingtalk.webhook.robots.',
  codes,
  doctor,
  lacking: (say, scopes) => `${say} Missing: ${scopes.join(', ')}`,
  kinds: {
    busy: 'DingTalk is busy; it is tried again.',
    rate: 'Too many calls; it goes on later by itself.',
    banned: 'Too many calls: DingTalk paused this address for minutes. It goes on by itself.',
    quota: 'This month’s DingTalk calls are nearly or fully used. Buy more or push less.',
    daily: 'Today’s calls are used up; it goes on tomorrow by itself.',
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
    login: 'The login code is not valid any more. Log in again.',
    doubt: 'It is not known whether the message arrived; it is not repeated.',
    unknown: 'DingTalk gave an unknown error. Send the log to the maintainers.',
  },
}
