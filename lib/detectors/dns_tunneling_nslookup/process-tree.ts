import type { ProcessTreeRow } from '@/lib/domain/evidence'
import { accountOf, type KeptIdentity, type MatchedStart } from './matched-start'
import type { ProcessAncestry } from './process-ancestry'

/** Rows of a stored tree; matched starts beyond them are in the counts of the rows above. */
export const MAX_ROWS = 200

interface Node {
  readonly process: KeptIdentity
  readonly user: string | null
  readonly firstAt: number
  starts: number
  readonly children: Map<string, Node>
}

const identityKey = ({ entityId, pid, name, commandLine }: KeptIdentity): string => entityId ?? `${pid}|${name}|${commandLine}`

function childOf(children: Map<string, Node>, key: string, make: () => Omit<Node, 'starts' | 'children'>): Node {
  const known = children.get(key)
  const node = known ?? { ...make(), starts: 0, children: new Map<string, Node>() }
  if (known === undefined) children.set(key, node)
  node.starts += 1
  return node
}

function addStart(roots: Map<string, Node>, start: MatchedStart, line: readonly KeptIdentity[]): void {
  let children = roots
  for (const process of line) {
    children = childOf(children, identityKey(process), () => ({ process, user: null, firstAt: start.at })).children
  }
  const group = [start.name, start.queryType, start.user].join('|')
  childOf(children, `start ${group}`, () => ({ process: start, user: accountOf(start), firstAt: start.at }))
}

function rowOf({ process, user, firstAt, starts, children }: Node, depth: number): ProcessTreeRow {
  // A row that stands for several starts has the command line of the first and no process id of its own.
  const isGroup = children.size === 0 && starts > 1
  return {
    depth,
    name: process.name ?? 'unknown process',
    executable: process.executable,
    commandLine: process.commandLine,
    pid: isGroup ? null : process.pid,
    entityId: isGroup ? null : process.entityId,
    user,
    starts,
    firstAt,
  }
}

/** Parents with the matched starts below them grouped by query type and user, depth first, in order of first start. */
export function processTreeOf(starts: readonly MatchedStart[], ancestry: ProcessAncestry): ProcessTreeRow[] {
  const roots = new Map<string, Node>()
  for (const start of starts) addStart(roots, start, ancestry.lineOf(start.hostId, start.parent))
  const rows: ProcessTreeRow[] = []
  const visit = (nodes: Iterable<Node>, depth: number): void => {
    for (const node of nodes) {
      if (rows.length >= MAX_ROWS) return
      rows.push(rowOf(node, depth))
      visit(node.children.values(), depth + 1)
    }
  }
  visit(roots.values(), 0)
  return rows
}
