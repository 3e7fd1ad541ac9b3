import type { Tier } from './churn.ts'
import type { Day } from './day.ts'

/**
 * The two arms of an experiment. In the holdout `treated` customers are pushed at once and `control` ones are held
 * back; between two scripts `treated` is script A and `control` script B.
 */
export const ARMS = ['treated', 'control'] as const
export type Arm = (typeof ARMS)[number]
export type PerArm<T> = Readonly<Record<Arm, T>>

/** Name of the experiment that holds alerts back; scripts are compared under names of their own. */
export const HOLDOUT = 'holdout'

const SCRIPTS = 'script:'

/** Name of the trials that compare two scripts of a play. */
export function scriptTrial(play: string): string {
  return `${SCRIPTS}${play}`
}

/** The play whose scripts a trial of this name compares; null: it is no such trial. */
export function playOfTrial(name: string): string | null {
  return name.startsWith(SCRIPTS) ? name.slice(SCRIPTS.length) : null
}

/** Days after an alert at which its outcome is looked at. */
export const OUTCOME_DAYS = [30, 60, 90] as const
export type OutcomeDays = (typeof OUTCOME_DAYS)[number]

/** What is laid down before the first customer is assigned, and never changed: a change is a new experiment. */
export interface ExperimentPlan {
  readonly name: string
  /** Decides, with nothing else but the alerts, who is in which arm. */
  readonly seed: number
  /** Share of the alerts in the control arm, above 0 and at most one half. */
  readonly share: number
  /** Customers of tier A take no part: they are always pushed. */
  readonly excludeTop: boolean
  /** Days an alert of the control arm is held back; only for the holdout. */
  readonly delayDays: number
  /** The window whose outcome is judged. */
  readonly windowDays: OutcomeDays
  /** Share of customers that are expected to stay without help. */
  readonly baseline: number
  /** The smallest gain in that share worth finding: 0.1 is ten points. */
  readonly minEffect: number
  /** Probability of finding a gain of that size. */
  readonly power: number
  /** Of a trial of scripts the hash of both. */
  readonly wording?: string
}

export interface Experiment extends ExperimentPlan {
  readonly id: number
  readonly startedAt: number
  readonly endedAt: number | null
}

/** An alert that is about to be assigned. The day names the episode: a customer has one alert a day at most. */
export interface Alert {
  readonly customerId: number
  readonly day: Day
  readonly tier: Tier
  /** Team of the owner. */
  readonly teamId: number | null
}

/** An alert with its arm. `place` counts the alerts of its stratum from 0, in the order of assignment. */
export interface Assignment {
  readonly customerId: number
  readonly day: Day
  readonly stratum: string
  readonly place: number
  readonly arm: Arm
}

/** Whether a customer stays unpushed on `day`. After the delay it is pushed like any other, and keeps its arm. */
export function isHeld(
  one: Pick<Assignment, 'arm' | 'day'>,
  day: Day,
  { delayDays }: Pick<ExperimentPlan, 'delayDays'>,
): boolean {
  return one.arm === 'control' && day < one.day + delayDays
}

/** The control group as its settings want it and as it runs; they differ until the next morning. */
export interface HoldoutState {
  /** The share that is set; 0: off. */
  readonly share: number
  readonly excludeTop: boolean
  readonly delayDays: number
  /** The running one, or else the last one; null: there was none. */
  readonly trial: {
    readonly share: number
    readonly running: boolean
    readonly startedOn: Day
    /** Customers drawn into each arm. */
    readonly arms: PerArm<number>
    /** Of the control arm, those not pushed on the day asked about. */
    readonly waiting: number
  } | null
}
