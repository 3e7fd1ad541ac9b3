/** `liuke understand --assist` and its check in `liuke doctor`. */
export const understand = {
  off: '没有可问的模型：先在设置里打开 understand.assist（docs/understanding.md）。',
  doctor: {
    name: '智能判读',
    right: (model: string): string => `${model} 答得合格`,
    mend: '看 understand.assist.url、model 和 LIUKE_UNDERSTAND_KEY；模型没答好时照旧用本机判读。',
    unfit: (model: string): string => `${model} 的回答不合要求`,
    other: '换一个更大的模型，或不带思考过程的模型。',
  },
}
