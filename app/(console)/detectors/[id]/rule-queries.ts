import { HARDENED_QUERY, SEED_QUERY } from '@/lib/detectors/dns_tunneling_nslookup/rule'

const QUERIES: Readonly<Record<string, readonly { readonly label: string; readonly kql: string }[]>> = {
  dns_tunneling_nslookup: [
    { label: 'Query as written (KQL)', kql: SEED_QUERY },
    { label: 'Hardened query (KQL)', kql: HARDENED_QUERY },
  ],
}

/** Queries of a rule that is written as one; the others are code. */
export const queriesOf = (detectorId: string) => (Object.hasOwn(QUERIES, detectorId) ? (QUERIES[detectorId] ?? []) : [])
