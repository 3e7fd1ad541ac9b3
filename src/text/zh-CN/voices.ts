/** 反馈: what customers wish for. */
const feedback = {
  states: { received: '收到', doing: '在做', live: '已上线', declined: '不做', withdrawn: '已撤回' },
  /** Buttons: what to make of it. */
  moves: { doing: '在做', live: '已上线', declined: '不做' },
  saved: (customer: string): string => `已记下 ${customer} 的反馈`,
  savedNote: '有进展我会告诉你，你再告诉客户。',
  withdraw: '撤回',
  withdrawn: (customer: string): string => `${customer} 的反馈已撤回。`,
  whatSaid: (customer: string): string => `${customer} 想要什么？请回一句话。`,
  quoted: (words: string): string => `“${words}”`,
  title: (open: number): string => (open === 0 ? '没有待处理的反馈' : `待处理的反馈 ${open} 条`),
  counts: (parts: string): string => `累计：${parts}`,
  count: (state: string, n: number): string => `${state} ${n}`,
  head: (customer: string, state: string): string => `${customer} · ${state}`,
  line: (day: string, rep: string, words: string): string => `${day} ${rep}：${words}`,
  groupLine: (day: string, customer: string, state: string): string => `${day} ${customer} · ${state}`,
  inDm: '内容请私聊我发「反馈列表」。',
  late: '刚刚有人改过了，这是最新的：',
  done: (customer: string, state: string): string => `${customer}：${state}，已通知提交人。`,
  changed: (customer: string, state: string): string => `${customer} 的反馈：${state}`,
  tell: {
    doing: '可以告诉客户在做了。',
    live: '可以告诉客户已经上线了。',
    declined: '暂时不做，请跟客户说明。',
  },
  gone: '没有这条反馈，或不在你的范围里。',
}

/** 吐槽: what grieves the users of the bot. */
const grumble = {
  empty: '说一句哪里不好用，比如「吐槽 跟进还要打两遍」。不记名。',
  saved: '收到，谢谢。管理员只看到内容，看不到是谁；有回复我转给你。',
  tooMany: (n: number): string => `今天已经说了 ${n} 条，先到这里，明天再说。`,
  fresh: (id: number): string => `吐槽 #${id}（不记名）`,
  title: (n: number): string => (n === 0 ? '没有待回复的吐槽' : `待回复的吐槽 ${n} 条（不记名）`),
  line: (id: number, day: string, words: string): string => `#${id} ${day} ${words}`,
  reply: (id: number): string => `回复 #${id}`,
  howTo: '点按钮，或发「回复吐槽 编号 内容」。',
  ask: (id: number, words: string): string => `回复 #${id}“${words}”：请回一句话。`,
  answered: (id: number): string => `已回复 #${id}，对方会收到。`,
  already: (id: number): string => `#${id} 已经回复过了。`,
  gone: (id: number): string => `没有 #${id} 这条吐槽。`,
  answer: '你的吐槽有回复了',
  said: (words: string): string => `你说：${words}`,
  told: (words: string): string => `回复：${words}`,
}

/** 原因: why customers leave. */
const reasons = {
  title: (period: string, team: string): string => `流失原因 · ${period}${team === '' ? '' : ` · ${team}`}`,
  lost: (n: number): string => `流失 ${n} 家`,
  figure: '家已登记流失',
  none: '这段时间没有登记流失，跟进里也没提到原因。',
  share: (n: number, total: number, percent: string, interval: string): string =>
    `${n}/${total}（${percent}，区间 ${interval}）`,
  line: (rank: number, name: string, figure: string, told: number): string =>
    `${rank}. ${[`${name} ${figure}`.trim(), ...(told > 0 ? [`跟进提到 ${told} 家`] : [])].join(' · ')}`,
  segment: (segment: string, n: number, reason: string, percent: string): string =>
    `${segment}类 ${n} 家：首因${reason} ${percent}`,
  definition: '口径：登记流失的客户，按最后登记的原因；只在跟进里提到的另计。',
  who: (reason: string): string => `看${reason}`,
  customers: (reason: string, period: string, n: number): string => `${reason} · ${period} · ${n} 家`,
  customer: (name: string, what: string): string => `${name} · ${what}`,
  isLost: '已流失',
  isTold: '跟进提到',
}

/** 换人: a contact of a customer changed. */
const contact = {
  noted: (customer: string): string => `已记下 ${customer} 换联系人`,
  notedBefore: (customer: string): string => `${customer} 今天已经记过这次换人了`,
  told: (by: string, customer: string): string => `${by}：${customer} 换联系人了`,
  note: (left: string, joined: string): string =>
    left === '' ? `新联系人：${joined}` : `联系人：${left} → ${joined}`,
  task: (day: string): string => `新联系人对接：${day}前，到期提醒你`,
  source: '联系人名单以数据源为准，请在系统里也改一下。',
  undoButton: '撤销',
  ask: (customer: string): string => `${customer} 的新联系人叫什么？比如「李娜」或「张伟→李娜」。`,
}

/** One line of the digest: a birthday, or full years as a customer. */
function occasion(customer: string, contact: string | null, years: number, when: string): string {
  const day = when === '' ? '今天' : when
  return contact === null ? `${customer} ${day}合作满 ${years} 年` : `${customer} ${contact} ${day}生日`
}

export const voices = { feedback, grumble, reasons, contact, occasion }
