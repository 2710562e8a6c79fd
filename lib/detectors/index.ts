import type { Detector } from './detector'
import { dnsChunkedExfiltration } from './dns_chunked_exfiltration/detector'
import { dnsExfiltrationSlow } from './dns_exfiltration_slow/detector'
import { dnsLookupTunneling } from './dns_lookup_tunneling/detector'
import { dnsTunnelTool } from './dns_tunnel_tool/detector'
import { dnsTunnelingMl } from './dns_tunneling_ml/detector'
import { dnsTunnelingNslookup } from './dns_tunneling_nslookup/detector'

/** Every detector, in the order they are shown. A new one is a folder and a line here. */
export const detectors: readonly Detector[] = [
  dnsLookupTunneling,
  dnsTunnelTool,
  dnsTunnelingMl,
  dnsExfiltrationSlow,
  dnsChunkedExfiltration,
  dnsTunnelingNslookup,
]
