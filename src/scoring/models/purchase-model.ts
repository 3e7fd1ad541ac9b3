/** A customer's purchase history in the model's time unit: x repeat purchase days, the last of them at tx. */
export interface PurchaseHistory {
  readonly x: number
  readonly tx: number
  /** Time from the first purchase to the as-of day. */
  readonly age: number
}

/** What a fitted purchase model says about one customer. Times are in the unit the model was fitted in. */
export interface PurchaseForecast {
  /** Probability that the customer has not dropped out. Not a churn score: BG/NBD gives one-time buyers 1. */
  pAlive(history: PurchaseHistory): number
  /** Probability of no purchase within the horizon: the churn probability. */
  pNoPurchase(history: PurchaseHistory, horizon: number): number
  /** Expected purchases within the next t of a customer who has not dropped out; tx does not matter. */
  expectedWhileActive(history: PurchaseHistory, t: number): number
  /** Expected purchases within the next t. */
  expectedPurchases(history: PurchaseHistory, t: number): number
  /** Expected repeat purchases of a new customer within t of the first purchase. */
  expectedOfNew(t: number): number
  /** Log-likelihood of one customer. */
  logLikelihood(history: PurchaseHistory): number
  /** Probabilities of 0, 1, … n purchases within the next t; null where the model has no closed form. */
  purchaseCounts(history: PurchaseHistory, t: number, n: number): number[] | null
}

export type BetaGeometricParams = Readonly<{
  r: number
  alpha: number
  a: number
  b: number
}>

export type ParetoParams = Readonly<{
  r: number
  alpha: number
  s: number
  beta: number
}>
