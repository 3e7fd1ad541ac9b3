/** The lifecycle vocabularies: A8 认知/获取/成长/维系/流失 and A9 获客/成长/成熟/流失预警. */
export const STAGES = {
  jiandao: ['awareness', 'acquisition', 'growth', 'retention', 'churn'],
  fanruan: ['acquire', 'grow', 'mature', 'warning'],
} as const

export type StagePreset = keyof typeof STAGES
export type Stage = (typeof STAGES)[StagePreset][number]
export type JiandaoStage = (typeof STAGES)['jiandao'][number]
export type FanruanStage = (typeof STAGES)['fanruan'][number]

/** How the first vocabulary reads in the second. 流失预警 begins earlier than 流失: see `scoring/stage.ts`. */
export const STAGE_MAPPING: Readonly<Record<JiandaoStage, FanruanStage>> = {
  awareness: 'acquire',
  acquisition: 'acquire',
  growth: 'grow',
  retention: 'mature',
  churn: 'warning',
}
