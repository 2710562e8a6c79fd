import { anomalousDns } from './anomalous-dns'
import { plainCount, sigma } from './distinct-names'
import { labelEntropy } from './label-entropy'
import type { Peer } from './peer'
import { populationScore } from './population-score'
import { queryLength } from './query-length'
import { rita } from './rita'

/** Every rule of others that is measured beside ours, in the order of the tables. */
export const peers: readonly Peer[] = [rita, anomalousDns, labelEntropy, populationScore, sigma, queryLength, plainCount]
