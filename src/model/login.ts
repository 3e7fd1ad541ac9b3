/** What a login on a platform begins with. */
export interface LoginStart {
  /** Letters and digits only; the platform hands it back unchanged. */
  readonly state: string
  /** Where the platform sends the browser afterwards. */
  readonly redirectUri: string
  /** The browser is the one inside the platform's own client. */
  readonly inApp: boolean
}

/** Logging in to the pages with an account of a chat platform. */
export interface PageLogin {
  /** The platform's name in identities. */
  readonly platform: string
  /** The page of the platform that the browser goes to. */
  start(given: LoginStart): string
  /** True for a browser inside the platform's own client, by its User-Agent. */
  isInApp(userAgent: string): boolean
  /**
   * Whom a code stands for: the id on the platform, or null for somebody who is no member of the company. Whether
   * that person may see anything is the caller's to decide: platforms name people outside the app's range too.
   * @throws AppError `bad-input` when the code is wrong, used or too old; `upstream` or `busy` when it cannot be asked
   */
  personOf(code: string): Promise<string | null>
}
