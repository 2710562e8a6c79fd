'use client'

import { type DataColumn, DataTable } from '@/components/data-table/data-table'
import { formatCount, plural } from '@/components/ui/format'
import { InertText } from '@/components/ui/inert-text'
import { TimeText } from '@/components/ui/time-text'
import type { Evidence, ProcessStart, ProcessTreeRow } from '@/lib/domain/evidence'
import { Panel } from './panel'

interface TreeNode extends ProcessTreeRow {
  readonly key: string
  readonly children: readonly TreeNode[]
}

/** Rows in depth-first order as a tree; a row that skips a depth hangs below the last shallower one. */
export function toTree(rows: readonly ProcessTreeRow[]): readonly TreeNode[] {
  const roots: TreeNode[] = []
  const open: { node: TreeNode & { children: TreeNode[] }; depth: number }[] = []
  rows.forEach((row, index) => {
    while ((open.at(-1)?.depth ?? -1) >= row.depth) open.pop()
    const node = { ...row, key: `${index}`, children: [] as TreeNode[] }
    const parent = open.at(-1)
    if (parent) parent.node.children.push(node)
    else roots.push(node)
    open.push({ node, depth: row.depth })
  })
  return roots
}

function Branch({ nodes }: { readonly nodes: readonly TreeNode[] }) {
  return (
    <ul className="m-0 flex list-none flex-col gap-1 border-line border-l p-0 pl-3">
      {nodes.map((node) => (
        <li key={node.key} className="min-w-0">
          <div className="flex flex-wrap items-baseline gap-x-2">
            <InertText text={node.name} className="font-mono font-semibold text-sm" />
            {node.pid !== null && <span className="tabular text-faint text-xs">pid {node.pid}</span>}
            {node.user && <InertText text={node.user} className="text-muted text-xs" />}
            {node.starts > 0 && <span className="text-sm">{plural(node.starts, 'matched start')}</span>}
            {node.firstAt !== null && <TimeText at={node.firstAt} className="tabular text-faint text-xs" />}
          </div>
          {(node.commandLine ?? node.executable) && (
            <code className="wrap-anywhere block text-muted text-xs">
              <InertText text={node.commandLine ?? node.executable ?? ''} limit={400} />
            </code>
          )}
          {node.children.length > 0 && <Branch nodes={node.children} />}
        </li>
      ))}
    </ul>
  )
}

const mono = (text: string | null) =>
  text === null ? <span className="text-faint">none</span> : <InertText text={text} limit={300} className="inert text-sm" />

const columns: readonly DataColumn<ProcessStart>[] = [
  { id: 'at', header: 'Started', value: (row) => row.at, cell: (row) => <TimeText at={row.at} className="tabular whitespace-nowrap" /> },
  { id: 'command', header: 'Command line', value: (row) => row.commandLine, cell: (row) => mono(row.commandLine), className: 'min-w-64' },
  { id: 'type', header: 'Type', value: (row) => row.queryType, cell: (row) => row.queryType ?? 'default' },
  { id: 'target', header: 'Asked for', value: (row) => row.target, cell: (row) => mono(row.target), className: 'min-w-40' },
  { id: 'server', header: 'Server', value: (row) => row.server, cell: (row) => mono(row.server) },
  { id: 'parent', header: 'Parent', value: (row) => row.parentName, cell: (row) => mono(row.parentName) },
  { id: 'user', header: 'User', value: (row) => row.user, cell: (row) => mono(row.user) },
]

/** What started the look-ups: the tree as it was stored with the alarm, and every start that was counted. */
export function ProcessPanel({ evidence: { processTree, processStarts } }: { readonly evidence: Evidence }) {
  return (
    <Panel
      id="process"
      title="Process tree"
      description={`${formatCount(processStarts.length)} starts matched the rule. Stored with the alarm.`}
    >
      {processTree.length === 0 ? (
        <p className="m-0 mb-3 text-muted">The log names no parent process, so there is no tree to show.</p>
      ) : (
        <div className="mb-4 overflow-x-auto">
          <Branch nodes={toTree(processTree)} />
        </div>
      )}
      <DataTable
        label="Matched process starts"
        rows={processStarts}
        columns={columns}
        getRowId={(row) => `${row.at} ${row.eventId}`}
        initialSort={{ id: 'at', desc: false }}
        empty="No single start was kept."
        maxHeightClass="max-h-96"
      />
    </Panel>
  )
}
