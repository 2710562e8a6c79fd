import type { DnsScope } from '@/lib/domain/dns-event'

/** mDNS (RFC 6762), LLMNR (RFC 4795) and NetBIOS name service (RFC 1002): they never leave the link. */
const isLocalPort = (port: number | null): boolean => port === 5353 || port === 5355 || port === 137

/** Scope of traffic between two ports, where ports are all that is known. */
export const scopeOfPorts = (clientPort: number | null, serverPort: number | null): DnsScope =>
  isLocalPort(serverPort) || (isLocalPort(clientPort) && serverPort !== 53) ? 'local-multicast' : 'client'
