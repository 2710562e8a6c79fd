import { fireEvent, render } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { NameText } from './name-text'

const nameOf = (name: string, zone?: string, full = false) => {
  const { container } = render(<NameText name={name} full={full} {...(zone === undefined ? {} : { zone })} />)
  const element = container.querySelector('[data-name]')
  if (!(element instanceof HTMLElement)) throw new Error('no name was drawn')
  return element
}

describe('a name from a log', () => {
  test('that is markup stays text', () => {
    const element = nameOf('<img/src=x/onerror=alert(1)>.evil.example', 'evil.example')
    expect(element.querySelector('img, script, a')).toBeNull()
    expect(element.title).toBe('<img/src=x/onerror=alert(1)>.evil.example')
  })

  test.each([
    ['a NUL byte', 'a\u0000b.example', 'a\\000b.example'],
    ['a line feed and a tab', 'a\nb\t.example', 'a\\010b\\009.example'],
    ['a space', 'a b.example', 'a\\032b.example'],
    ['a right-to-left override', 'gnp\u202Eexe.example', 'gnp\\u{202e}exe.example'],
    ['an isolate', 'a\u2066b.example', 'a\\u{2066}b.example'],
    ['a zero-width space', 'pay\u200Bpal.example', 'pay\\u{200b}pal.example'],
    ['a raw letter beyond ASCII', 'b\u00FCcher.example', 'b\\u{fc}cher.example'],
    ['half a surrogate pair', 'a\uD800.example', 'a\\u{d800}.example'],
  ])('with %s shows it as an escape', (_what, name, shown) => {
    expect(nameOf(name, undefined, true).textContent).toBe(shown)
  })

  test('never turns the text around it: it is isolated and left to right', () => {
    const element = nameOf('a.example')
    expect(element.tagName).toBe('BDI')
    expect(element.dir).toBe('ltr')
  })

  test('keeps the registrable part whole and bold, and shortens encoded labels in their middle', () => {
    const label = 'abcdefghijklmnopqrstuvwxyz0123456789'
    const element = nameOf(`${label}.t.brindlecove.net`, 'brindlecove.net')
    expect(element.querySelector('strong')?.textContent).toBe('brindlecove.net')
    expect(element.textContent).toBe('abcdefghij…456789.t.brindlecove.net')
    expect(element.title).toBe(`${label}.t.brindlecove.net`)
  })

  test('does not take a look-alike for its zone', () => {
    expect(nameOf('evilmcafee.com', 'mcafee.com').querySelector('strong')).toBeNull()
  })

  test('of 255 bytes and 127 labels stays short on the page and whole in the title', () => {
    const name = `${'a.'.repeat(126)}com`
    const element = nameOf(name, 'a.com')
    expect(element.textContent).toBe('a.a.….a.a.com')
    expect(element.title).toBe(name)
  })

  test('does not split a label at an escaped dot', () => {
    expect(nameOf('a\\.b.example', 'example').textContent).toBe('a\\.b.example')
  })

  // Vectors of RFC 3492 §7.1 (A, L) and of the IDN test zone.
  test.each([
    ['xn--egbpdaj6bu4bxfgehfvwxn.example', 'ليهمابتكلموشعربي؟'],
    ['xn--3B-ww4c5e180e575a65lsy2b.example', '3年B組金八先生'],
    ['xn--bcher-kva.example', 'bücher'],
  ])('in Punycode (%s) has its Unicode form beside it', (name, unicode) => {
    const element = nameOf(name, 'example')
    expect(element.textContent).toContain(`(${unicode}.example)`)
    expect(element.querySelector('bdi')).not.toBeNull()
  })

  test('whose Punycode hides a direction override shows it as an escape', () => {
    // U+202E encoded as in RFC 3492 after the basic code points "abc".
    expect(nameOf('xn--abc-cb7a.example', 'example').textContent).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/)
  })

  test('with broken Punycode is shown as it is', () => {
    expect(nameOf('xn--99999999999999.example', 'example').textContent).toBe('xn--99999999999999.example')
  })

  test('copies whole, although it is drawn short', () => {
    const name = `${'q'.repeat(60)}.tunnel.example`
    const element = nameOf(name, 'tunnel.example')
    window.getSelection()?.selectAllChildren(element)
    const copied = new Map<string, string>()
    const clipboardData = { setData: (type: string, text: string) => copied.set(type, text) }
    fireEvent.copy(element, { clipboardData })
    expect(copied.get('text/plain')).toBe(name)
  })
})
