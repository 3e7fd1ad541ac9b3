/** The login page of the board. */
export const login = {
  title: '登录',
  lead: '用你的工作账号登录，只能看到你有权限看的客户。',
  with: (platform: string): string => `用${platform}登录`,
  none: '还没有开通登录：请管理员启用企业微信或钉钉应用。',
  left: '已退出登录。',
  choose: '你是谁？',
  demo: '演示模式：选一个身份就能看。',
  enter: '进入看板',
  again: '重新登录',
  failed: '登录没有成功',
  expired: '登录已失效，请重新登录。',
  stranger: (person: string): string => `还不认识你。请把这个账号发给管理员绑定：${person}`,
  outsider: '这个账号不是本公司成员。',
  inactive: '你的账号已停用，请联系管理员。',
  tooMany: '登录的人太多，请过一分钟再试。',
}
