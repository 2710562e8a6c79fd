import { InertText } from '@/components/ui/inert-text'
import type { GuideBlock, GuideInline } from './guide-document'

const keyed = <Item,>(items: readonly Item[]) => items.map((item, index) => ({ item, key: String(index) }))

function Inline({ inline }: { readonly inline: readonly GuideInline[] }) {
  return keyed(inline).map(({ item, key }) => {
    const text = <InertText text={item.text} />
    if (item.kind === 'strong') return <strong key={key}>{text}</strong>
    if (item.kind === 'em') return <em key={key}>{text}</em>
    if (item.kind === 'code') return <code key={key}>{text}</code>
    return <span key={key}>{text}</span>
  })
}

/** A guide's blocks as plain elements: text is text, whatever the guide's author wrote. */
export function GuideBlocks({ blocks }: { readonly blocks: readonly GuideBlock[] }) {
  return keyed(blocks).map(({ item, key }) => <Block key={key} block={item} />)
}

function Block({ block }: { readonly block: GuideBlock }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p className="m-0 mb-2 max-w-[72ch] last:mb-0">
          <Inline inline={block.inline} />
        </p>
      )
    case 'heading':
      return (
        <h4 className="m-0 mt-3 mb-1 font-semibold">
          <Inline inline={block.inline} />
        </h4>
      )
    case 'code':
      return (
        <pre className="my-2 overflow-x-auto rounded-sm bg-sunken px-2 py-1 text-sm">
          <InertText text={block.text} />
        </pre>
      )
    case 'table':
      return <Table block={block} />
    case 'list': {
      const List = block.ordered ? 'ol' : 'ul'
      return (
        <List className={`m-0 mb-2 flex flex-col gap-1 pl-5 ${block.ordered ? 'list-decimal' : 'list-disc'}`}>
          {keyed(block.items).map(({ item, key }) => (
            <li key={key}>
              <GuideBlocks blocks={item} />
            </li>
          ))}
        </List>
      )
    }
  }
}

function Table({ block }: { readonly block: Extract<GuideBlock, { kind: 'table' }> }) {
  return (
    <div className="my-2 overflow-x-auto">
      <table className="w-full text-sm">
        <thead>
          <tr>
            {keyed(block.header).map(({ item, key }) => (
              <th key={key} scope="col" className="border-line border-b px-2 py-1 text-left font-medium">
                <Inline inline={item} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {keyed(block.rows).map(({ item: row, key }) => (
            <tr key={key}>
              {keyed(row).map(({ item, key: cell }) => (
                <td key={cell} className="border-line border-b px-2 py-1 align-top">
                  <Inline inline={item} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The words of a block, to match a step with what the alarm knows about it. */
export function wordsOf(blocks: readonly GuideBlock[]): string {
  const inline = (parts: readonly GuideInline[]) => parts.map((part) => part.text).join('')
  return blocks
    .map((block) => {
      if (block.kind === 'paragraph' || block.kind === 'heading') return inline(block.inline)
      return block.kind === 'list' ? block.items.map(wordsOf).join(' ') : ''
    })
    .join(' ')
}
