import type { SampledName } from '@/lib/domain/tally'
import { dns2tcp } from './dns2tcp'
import { dnscat2 } from './dnscat2'
import { dnsexfiltrator } from './dnsexfiltrator'
import { iodine } from './iodine'
import { type Payload, payloadsOf } from './payload'
import { cobaltStrike, dnstt, godoh, ozymanDns, sliver } from './structured-tools'
import type { ToolMatch } from './tool-match'

/** Those that prove themselves by decoding first; the first match is taken, so that no weaker form overrides a stronger one. */
const MATCHERS: readonly ((payloads: readonly Payload[]) => ToolMatch | null)[] = [
  dnscat2,
  dnstt,
  dnsexfiltrator,
  dns2tcp,
  iodine,
  sliver,
  godoh,
  ozymanDns,
  cobaltStrike,
]

/** Fewer names than this prove nothing. */
const FEWEST = 3

/**
 * The tool that made a zone's names, judged by the structure its public source gives them. Names are compared in lower
 * case, so nothing in base64 is decoded. An unknown tool is null: no name is better than a wrong one.
 */
export function toolOf(names: readonly SampledName[], zone: string): ToolMatch | null {
  const payloads = payloadsOf(names, zone)
  if (payloads.length < FEWEST) return null
  for (const match of MATCHERS) {
    const tool = match(payloads)
    if (tool !== null) return tool
  }
  return null
}
