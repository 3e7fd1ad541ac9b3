/**
 * A person's id on a platform in one spelling. WeCom does not tell `ZhangSan` from `zhangsan`: an address list has the
 * one and a callback the other.
 */
export function personId(platform: string, id: string): string {
  return platform === 'wecom' ? id.toLowerCase() : id
}
