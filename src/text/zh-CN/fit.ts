/** `liuke fit`: what a fitted purchase model says to people. */
export const fit = {
  head: (model: string, asOf: string, customers: number, repeaters: number) =>
    `${model}，截至 ${asOf}：${customers} 家客户，其中 ${repeaters} 家复购`,
  parameter: (name: string, value: number | null, error: number | null) =>
    `  ${name.padEnd(6)} ${figure(value)}${error === null ? '' : ` ± ${figure(error)}`}`,
  likelihood: (value: number, iterations: number, seconds: number) =>
    `  对数似然 ${value.toFixed(4)}，迭代 ${iterations} 次，${seconds} 秒`,
  reasons: {
    'no-customers': '数据不足：截至该日没有订单',
    'no-time': '数据不足：首单都在截止当天，还没有观察期',
    'no-repeats': '数据不足：没有任何客户复购（同一天多单算一次）',
    'few-repeaters': '数据不足：复购客户太少，拟合结果不可信',
    'no-amounts': '数据不足：复购订单没有金额',
    'few-amounts': '数据不足：有金额的复购客户太少',
    'equal-amounts': '数据不足：客户的平均金额都一样，无从学习',
    'not-converged': '数据不足：似然没有收敛到最大值',
  },
  notes: {
    'no-drop-out':
      '注意：数据里看不出有客户流失（流失参数趋于 0），存活概率没有信息，请看“期内不再购买”的概率',
    'equal-drop-out': '注意：所有客户的流失概率相同',
    'equal-rates': '注意：所有客户的购买频率相同',
    'at-bound': '注意：有参数无法由数据确定',
    'amount-depends-on-frequency': '注意：客单价与购买频率相关，金额与次数不宜相乘',
    'no-mean-amount': '注意：q ≤ 1，金额分布没有均值',
  },
}

function figure(value: number | null): string {
  return value === null ? '-' : value.toPrecision(6)
}
