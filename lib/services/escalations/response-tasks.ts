import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { detectors } from '@/lib/detectors'
import type { GuideTask } from '@/lib/domain/escalation'

const read = new Map<string, readonly GuideTask[]>()

/** Steps of the response that the guides of the detectors ask for, in the guides' order; none for a detector that is no longer there. */
export function responseTasks(detectorIds: readonly string[]): readonly GuideTask[] {
  return [...new Set(detectorIds)].flatMap((id) => {
    const known = read.get(id)
    if (known !== undefined) return known
    const detector = detectors.find(({ rule }) => rule.id === id)
    if (detector === undefined) return []
    const guide = readFileSync(join(process.cwd(), 'lib', 'detectors', detector.rule.id, 'guide.md'), 'utf8')
    const tasks = stepsOf(guide).map((text) => ({ detector: id, text }))
    read.set(id, tasks)
    return tasks
  })
}

/** The items of the task list under "## Response"; a line that is indented goes on with the item before it. */
export function stepsOf(guide: string): readonly string[] {
  const [, section = ''] = /^## Response\r?\n([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(guide) ?? []
  const items: string[] = []
  for (const line of section.split(/\r?\n/)) {
    const item = /^- \[ \] (.*)$/.exec(line)?.[1]
    if (item !== undefined) items.push(item.trim())
    else if (/^\s+\S/.test(line) && items.length > 0) items.push(`${items.pop()} ${line.trim()}`)
  }
  return items
}
