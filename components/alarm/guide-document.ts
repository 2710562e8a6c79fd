import { lexer, type Token, type Tokens } from 'marked'

/** Guide text comes with a detector and is shown as prose: no markup of its own, no link, no image, no request. */
export interface GuideInline {
  readonly kind: 'text' | 'strong' | 'em' | 'code'
  readonly text: string
}

export type GuideBlock =
  | { readonly kind: 'paragraph'; readonly inline: readonly GuideInline[] }
  | { readonly kind: 'heading'; readonly inline: readonly GuideInline[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly GuideBlock[])[] }
  | {
      readonly kind: 'table'
      readonly header: readonly (readonly GuideInline[])[]
      readonly rows: readonly (readonly (readonly GuideInline[])[])[]
    }
  | { readonly kind: 'code'; readonly text: string }

export interface GuideSection {
  readonly title: string
  readonly blocks: readonly GuideBlock[]
}

const plain = (tokens: readonly GuideInline[]) => tokens.map((token) => token.text).join('')

/** A line break in the source is a space on the page. */
const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ')

function toInline(tokens: readonly Token[] | undefined): readonly GuideInline[] {
  return (tokens ?? []).flatMap((token): readonly GuideInline[] => {
    switch (token.type) {
      case 'strong':
        return [{ kind: 'strong', text: plain(toInline(token.tokens)) }]
      case 'em':
        return [{ kind: 'em', text: plain(toInline(token.tokens)) }]
      case 'codespan':
        return [{ kind: 'code', text: oneLine(token.text) }]
      case 'br':
        return [{ kind: 'text', text: ' ' }]
      case 'image':
        return [{ kind: 'text', text: token.text }]
      case 'link':
      case 'del':
        return toInline(token.tokens)
      case 'text':
      case 'escape':
        return 'tokens' in token && token.tokens ? toInline(token.tokens) : [{ kind: 'text', text: oneLine(token.text) }]
      default:
        return [{ kind: 'text', text: token.raw }]
    }
  })
}

function toBlock(token: Token): readonly GuideBlock[] {
  switch (token.type) {
    case 'space':
    case 'hr':
    case 'def':
      return []
    case 'heading':
      return [{ kind: 'heading', inline: toInline(token.tokens) }]
    case 'list': {
      const list = token as Tokens.List
      return [{ kind: 'list', ordered: list.ordered, items: list.items.map((item) => toBlocks(item.tokens)) }]
    }
    case 'table': {
      const table = token as Tokens.Table
      const header = table.header.map((cell) => toInline(cell.tokens))
      return [{ kind: 'table', header, rows: table.rows.map((row) => row.map((cell) => toInline(cell.tokens))) }]
    }
    case 'code':
      return [{ kind: 'code', text: token.text }]
    case 'blockquote':
      return toBlocks((token as Tokens.Blockquote).tokens)
    case 'paragraph':
    case 'text':
      return [{ kind: 'paragraph', inline: toInline(token.tokens ?? [token]) }]
    default:
      return [{ kind: 'paragraph', inline: [{ kind: 'text', text: token.raw.trim() }] }]
  }
}

const toBlocks = (tokens: readonly Token[]): readonly GuideBlock[] => tokens.flatMap(toBlock)

/** A guide's Markdown as sections, one a second-level heading; what stands before the first has the title ''. */
export function toGuide(markdown: string): readonly GuideSection[] {
  const sections: { title: string; tokens: Token[] }[] = [{ title: '', tokens: [] }]
  for (const token of lexer(markdown)) {
    if (token.type === 'heading' && token.depth <= 2) {
      if (token.depth === 2) sections.push({ title: plain(toInline(token.tokens)), tokens: [] })
    } else sections.at(-1)?.tokens.push(token)
  }
  return sections
    .map(({ title, tokens }) => ({ title, blocks: toBlocks(tokens) }))
    .filter((section) => section.title !== '' || section.blocks.length > 0)
}
