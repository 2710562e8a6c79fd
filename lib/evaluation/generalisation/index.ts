import { cloud } from './benign/cloud'
import { devices } from './benign/devices'
import { local } from './benign/local'
import { reputation } from './benign/reputation'
import type { HonestKind, TunnelKind } from './kind'
import { commandTunnels } from './tunnels/command'
import { exfiltration } from './tunnels/exfiltration'
import { implants } from './tunnels/implants'
import { ipTunnels } from './tunnels/ip-tunnels'

/** Every made-up tunnelling program. */
export const TUNNELS: readonly TunnelKind[] = [...ipTunnels, ...commandTunnels, ...exfiltration, ...implants]

/** Every made-up kind of honest traffic. */
export const HONEST: readonly HonestKind[] = [...reputation, ...cloud, ...local, ...devices]
