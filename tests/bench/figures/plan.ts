/** A public log of orders and how it is imported. */
export interface OrderSet {
  readonly title: string
  readonly file: string
  /** `--map` of the import. */
  readonly columns: readonly string[]
}

const CDNOW = ['customer=customer_id', 'at=date', 'amount=amount']

export const SETS = {
  cdnow: { title: 'CDNOW', file: 'cdnow_transactions.csv', columns: CDNOW },
  sample: { title: 'CDNOW', file: 'cdnow_sample_transactions.csv', columns: CDNOW },
  retail: {
    title: 'Retail',
    file: 'online_retail_invoices.csv',
    columns: ['customer=customer_id', 'at=invoice_datetime', 'amount=amount', 'key=invoice_no'],
  },
} as const satisfies Readonly<Record<string, OrderSet>>
export type SetName = keyof typeof SETS

/** One table of the document: every scorer on one population. */
export interface Population {
  /** Its markers in the document. */
  readonly section: string
  readonly set: SetName
  readonly horizon: number
  readonly options: readonly string[]
}

const ACTIVE = ['--active-within', '180']

export const POPULATIONS: readonly Population[] = [
  { section: 'cdnow-all', set: 'cdnow', horizon: 90, options: [] },
  { section: 'cdnow-active', set: 'cdnow', horizon: 90, options: ACTIVE },
  { section: 'retail-all', set: 'retail', horizon: 90, options: [] },
  { section: 'retail-active', set: 'retail', horizon: 90, options: ACTIVE },
]

/** Other days and horizons, of which the design was not chosen. */
export interface Slice {
  readonly set: SetName
  readonly asOf: string
  readonly horizon: number
}

const slices = (set: SetName, horizon: number, ...days: readonly string[]): Slice[] =>
  days.map((asOf) => ({ set, asOf, horizon }))

export const SLICES: readonly Slice[] = [
  ...slices('retail', 30, '2011-07-12', '2011-09-10', '2011-11-09'),
  ...slices('retail', 60, '2011-06-12', '2011-08-11', '2011-10-10'),
  ...slices('retail', 90, '2011-07-12', '2011-08-11'),
  ...slices('sample', 120, '1998-03-01'),
  ...slices('sample', 30, '1997-10-01', '1998-03-01'),
  ...slices('sample', 60, '1997-11-01', '1998-02-01'),
  ...slices('sample', 90, '1997-10-15', '1997-12-01', '1998-02-01'),
]

/** Horizons for which the past of these sets is too short to rehearse a learner. */
export const LONG_SLICES: readonly Slice[] = [
  ...slices('sample', 180, '1997-09-01', '1997-11-01', '1998-01-01'),
  ...slices('sample', 365, '1997-05-01', '1997-06-30'),
  ...slices('retail', 180, '2011-04-01', '2011-05-01', '2011-06-12'),
]
