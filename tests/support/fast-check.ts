import fc from 'fast-check'

/**
 * Properties look at the same cases in every run, so that a build is red for its change and not for its luck. To explore
 * others, name a seed: `LIUKE_FC_SEED=$RANDOM npx vitest …`.
 */
fc.configureGlobal({ seed: Number(process.env.LIUKE_FC_SEED ?? 20_261_123) })

export { fc }
