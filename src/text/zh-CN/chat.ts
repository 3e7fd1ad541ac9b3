export const chat = {
  noSuchCustomer: (name: string | null): string =>
    name === null ? '没有找到这个客户，或者你无权限查看。' : `没有找到「${name}」，或者你无权限查看。`,
  unknown: {
    dm: '这句话我没看懂。试试「我的」「客户 名称」「跟进 名称 结果」，或发「帮助」。',
    group: '这句话我没看懂。群里可以问「流失 本月」「名单」，客户明细请私聊我。',
  },
  welcome: '好的。要看今天先联系谁，发「我的」。',
  fewer: '某个客户不该提醒：点它的「误报」或「稍后」。想少推几家：发「每天最多 3 家」。',
  regret: '要改哪一步？撤销收回刚才那一步，改只改刚记的跟进。',
  tooLong: '这段话太长了，请控制在 500 字以内。',
  inactive: '你的账号已停用，请联系管理员。',
  buttonGone: '这个按钮已经失效，请发「我的」看最新状态。',
  chooseFirst: '上一条还没记录：先点是哪个客户，记下后再改。',
  noteDropped: '好，上一条没有记录，之前的跟进没动。',
  questionClosed: '这个选择已经用过或过期了，请重新发一次。',
  strangerInGroup: '我还不认识你，请先私聊我完成绑定。',
  groupHello: '大家好，我是留客。群里只显示合计和打码的名称；管理员发「绑定 团队名」选定本群的团队。',
  groupWithoutTeam: '本群还没有选定团队，请管理员在群里发「绑定 团队名」。',
  elsewhere: { dm: '这个不便在群里说，请私聊我。', group: '这个命令请在群里用。' },
  needsRole: (role: string): string => `只有${role}可以用这个命令。`,
}
