import type { Text } from '../index.ts'
import type { CommandHelp } from '../zh-CN/commands.ts'

const help: Readonly<Record<string, CommandHelp>> = {
  help: {
    word: 'help',
    purpose: 'what I can do',
    usage: 'help [command or term]',
    examples: ['help', 'help churn rate'],
  },
  mine: { word: 'mine', purpose: 'whom to contact today, promises due', usage: 'mine', examples: ['mine'] },
  customer: {
    word: 'customer',
    purpose: 'one customer on one card',
    usage: 'customer NAME',
    examples: ['customer 张三制造'],
  },
  why: { word: 'why', purpose: 'where the risk comes from', usage: 'why NAME', examples: ['why 张三制造'] },
  tier: {
    word: 'tier',
    purpose: 'value tier and the three RFM numbers',
    usage: 'tier NAME',
    examples: ['tier 张三制造'],
  },
  play: {
    word: 'play',
    purpose: 'what to do: steps with days, when to stop',
    usage: 'play NAME',
    examples: ['play 张三制造'],
  },
  brief: {
    word: 'prepare',
    purpose: 'before a call: 3 facts, the last promise, one question',
    usage: 'prepare NAME',
    examples: ['prepare 张三制造'],
  },
  draft: {
    word: 'draft',
    purpose: 'a message to change and send yourself',
    usage: 'draft NAME',
    examples: ['draft 张三制造'],
  },
  'follow-up': {
    word: 'log',
    purpose: 'log a follow-up in one line',
    usage: 'log NAME result [note] [next date]',
    examples: ['log 张三制造 interested, next wed', 'log 张三制造 no answer tomorrow'],
  },
  won: {
    word: 'won',
    purpose: 'noted as won back; an order proves it',
    usage: 'won NAME',
    examples: ['won 张三制造'],
  },
  lost: {
    word: 'lost',
    purpose: 'register a loss with its reason; a reminder to win back in 90 days',
    usage: 'lost NAME [reason] [date]',
    examples: ['lost 张三制造 price', 'lost 张三制造 competitor 11/20'],
  },
  list: {
    word: 'list',
    purpose: 'customers at risk by filter',
    usage: 'list [high|urgent|medium|watch|near churn|not enough data] [region]',
    examples: ['list', 'list urgent 华东'],
  },
  churn: {
    word: 'churn',
    purpose: 'churn rate with definition and interval',
    usage: 'churn [period] [team]',
    examples: ['churn this month', 'churn 2026Q3'],
  },
  effect: {
    word: 'effect',
    purpose: 'whether alerts help: against a control group',
    usage: 'effect [period] [team]',
    examples: ['effect', 'effect this quarter East'],
  },
  wechat: {
    word: 'wechat',
    purpose: 'how the team answers in WeChat, who was deleted',
    usage: 'wechat',
    examples: ['wechat'],
  },
  transfer: {
    word: 'transfer',
    purpose: 'pass a case or a customer on to a colleague',
    usage: 'transfer CUSTOMER COLLEAGUE [REASON]',
    examples: ['transfer Zhangsan Li'],
  },
  leave: {
    word: 'leave',
    purpose: 'reminders go to a deputy while you are away, and come back by themselves',
    usage: 'leave [NAME] HOW LONG [to DEPUTY]; leave cancel',
    examples: ['leave 3 days to Li', 'leave cancel'],
  },
  undo: { word: 'undo', purpose: 'take back what you just logged', usage: 'undo', examples: ['undo'] },
  'hand-over': {
    word: 'hand-over',
    purpose: 'give away everything of a colleague who left',
    usage: 'hand-over [LEAVER] [RECEIVER or spread]',
    examples: ['hand-over', 'hand-over Zhao Li', 'hand-over Zhao spread'],
  },
  bind: {
    word: 'bind',
    purpose: 'bind a person, or set a group’s team',
    usage: 'bind PLATFORM-ID NAME-OR-KEY (in a group: bind TEAM)',
    examples: ['bind zhangsan 张三', 'bind 华东'],
  },
  preview: {
    word: 'preview',
    purpose: 'see what a change of the scoring settings would do, then save it',
    usage: 'preview [SETTING=VALUE …]',
    examples: ['preview high=0.7', 'preview medium=0.5 high=0.7', 'preview'],
  },
  'go-live': {
    word: 'model',
    purpose: 'scoring model: its back-test, use it or go back to the rules',
    usage: 'model [VERSION]',
    examples: ['model', 'model 2'],
  },
  signals: {
    word: 'signals',
    purpose: 'how often each signal was wrong; mute or restore it',
    usage: 'signals; mute NAME; restore NAME',
    examples: ['signals', 'mute silence', 'restore silence'],
  },
}

const glossary: Readonly<Record<string, string>> = {
  'churn rate':
    'Lost customers of the opening cohort ÷ opening cohort; new and returned ones are never netted. The definition stands under every figure.',
  returned: 'Counted as lost before and ordered again in the period; shown apart, never netted.',
  new: 'First order in the period; not in the base.',
  interval: '95 % interval: the fewer customers, the further off the true rate may be.',
  definition: 'How long without an order or renewal counts as lost, by customer type, with a version.',
  risk: 'Probability of churn, made of dated facts; "why NAME" shows each of them.',
  band: 'watch, medium, high, urgent; small noise does not change the band.',
  'effective follow-up': 'A contact with a result. Without one it is only a touch and stops no reminder.',
  touch: 'Contacted without a result, such as no answer; not an effective follow-up.',
  'false alarm':
    'The alert was wrong. Other channel, new entity and closed down stay quiet for good; long cycle and seasonal are looked at again later.',
  tier: 'A, B, C by sales of 12 months; value and risk are two things.',
  rfm: 'How recent, how many, how much in 12 months: 1–5 each, eight segments together.',
  stage: 'Where a customer stands: new, growing, steady, or leaving.',
  cycle: 'How long this customer usually waits between two orders.',
  'not enough data': 'Too little history, so no score is made up.',
  'sample too small': 'Too few customers for an honest rate, so no conclusion.',
  'data feed stopped': 'The source is not up to date; pushes pause and the administrator is told.',
}

export const commands: Text['commands'] = {
  help,
  glossary,
  helpTitle: 'This is what I can do',
  helpSummary: 'Send "help COMMAND" for usage and examples.',
  helpNote: 'Slash and spaces are optional; "help churn rate" explains a term.',
  usage: 'Usage',
  examples: 'Example',
  howTo: (word) => `How to write "${word}"`,
  suggestion: (words) => `Did you mean "${words}"?`,
  suggestionButton: (words) => words,
  glossaryMiss: (word) => `Nothing on "${word}". Terms I know: `,
  welcome: {
    title: (name) => `Hello ${name}, I am Liuke`,
    summary: 'Every workday morning I tell you whom to contact first, and why.',
    steps: [
      '1. When work starts I send one card: at most 5 customers, one reason each.',
      '2. Tap "Contacted", then answer with one line: that is the log.',
      '3. Any time: "mine", "customer NAME", "why NAME".',
    ],
  },
  bindCard: {
    title: 'I do not know you yet',
    summary: (id) => `Ask the administrator to send me "bind ${id} YOUR-NAME".`,
    step: (id) => `Give this line to the administrator, who sends it to me: bind ${id} YOUR-NAME-OR-KEY`,
    note: 'To protect customer data only an administrator can bind people.',
    idLabel: 'Your platform id',
  },
  bind: {
    done: (id, name) => `Bound: ${id} → ${name}`,
    groupDone: (team) => `This group shows the totals of "${team}".`,
    noMember: (name) => `No member "${name}"; please check the name or key.`,
    severalMembers: (name, n) => `${n} members are called "${name}"; please use the key.`,
    noTeam: (name, names) => `No team "${name}". There are: ${names}`,
  },
  undo: {
    nothing: (minutes) => `Nothing of the last ${minutes} minutes can be undone.`,
    done: (name) => `Undone: ${name}`,
    followUp: {
      void: 'The follow-up is void (a trace is kept).',
      empty: 'The result is taken back; the contact stays as a touch. Answer with the right one.',
      next: 'The next date is taken back; the follow-up stays.',
    },
    caseBack: (state) => `The case is back to "${state}".`,
    blocked: 'Something changed after it, so this step cannot be undone.',
  },
}
