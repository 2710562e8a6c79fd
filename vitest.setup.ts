import { configureGlobal } from 'fast-check'

// Loaded on CI machines alone: there properties are tried on the same examples each time, so that a red run tells what
// changed, not what was drawn.
configureGlobal({ seed: 20_261_122 })
