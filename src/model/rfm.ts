/** RFM as shown: three scores 1..5, 5 is best. */
export interface Rfm {
  readonly r: number
  readonly f: number
  readonly m: number
}

/** The eight segments by high or low R, F, M; `unknown` is 数据不足. */
export const RFM_SEGMENTS = [
  'important-value',
  'important-keep',
  'important-develop',
  'important-win-back',
  'general-value',
  'general-keep',
  'general-develop',
  'general-win-back',
  'unknown',
] as const
export type RfmSegment = (typeof RFM_SEGMENTS)[number]

/** From this score on an axis counts as high. */
export const RFM_HIGH = 4

/** 重要/一般 by M; 价值 (R and F high), 保持 (F only), 发展 (R only), 挽留 (neither). */
export function rfmSegmentOf(rfm: Rfm | null): RfmSegment {
  if (rfm === null) return 'unknown'
  const [recent, frequent, important] = [rfm.r >= RFM_HIGH, rfm.f >= RFM_HIGH, rfm.m >= RFM_HIGH]
  if (recent && frequent) return important ? 'important-value' : 'general-value'
  if (frequent) return important ? 'important-keep' : 'general-keep'
  if (recent) return important ? 'important-develop' : 'general-develop'
  return important ? 'important-win-back' : 'general-win-back'
}
