import { cloud } from './benign/cloud'
import { local } from './benign/local'
import { reputation } from './benign/reputation'
import type { HonestKind, TunnelKind } from './kind'
import { commandTunnels } from './tunnels/command'
import { exfiltration } from './tunnels/exfiltration'
import { ipTunnels } from './tunnels/ip-tunnels'

/** Every made-up tunnelling program. */
export const TUNNELS: readonly TunnelKind[] = [...ipTunnels, ...commandTunnels, ...exfiltration]

/** Every made-up kind of honest traffic. */
export const HONEST: readonly HonestKind[] = [...reputation, ...cloud, ...local]
