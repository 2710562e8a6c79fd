import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { completions, readFieldQuery, splitUnfinished } from './field-query'

describe('a query of fields', () => {
  it.each([
    ['', {}, ''],
    ['beacon every minute', {}, 'beacon every minute'],
    ['zone:t.example beacon', { zone: 't.example' }, 'beacon'],
    ['severity:high severity:critical', { severity: ['high', 'critical'] }, ''],
    ['owner:me status:open Source:10.0.0.5', { owner: 'me', status: ['open'], source: '10.0.0.5' }, ''],
    ['user:"Mia Muster" tool:iodine', { user: 'Mia Muster', tool: 'iodine' }, ''],
    ['severity:loud', {}, 'severity:loud'],
    ['colour:red zone:', {}, 'colour:red zone:'],
    ['fe80::1', {}, 'fe80::1'],
    ['constructor:x', {}, 'constructor:x'],
  ])('%j', (typed, fields, text) => {
    expect(readFieldQuery(typed)).toEqual({ fields, text })
  })

  it.each([
    ['zone:t.ex', '', 'zone:t.ex'],
    ['beacon zone:t.ex', 'beacon ', 'zone:t.ex'],
    ['zone:t.example ', 'zone:t.example ', ''],
    ['user:"Mia Mu', '', 'user:"Mia Mu'],
    ['colour:red', 'colour:red', ''],
  ])('%j is cut into what is finished and what is not', (typed, done, unfinished) => {
    expect(splitUnfinished(typed)).toEqual({ done, unfinished })
  })

  it.each([
    ['zo', ['zone:']],
    ['x s', ['x severity:', 'x source:', 'x status:']],
    ['severity:h', ['severity:high']],
    ['a owner:', ['a owner:me', 'a owner:none']],
    ['detector:dns', ['detector:dns_lookup']],
    ['zone:x', []],
    ['', []],
  ])('%j offers %j', (typed, offers) => {
    expect(completions(typed, ['dns_lookup', 'other'])).toEqual(offers)
  })

  it('never throws, and loses no word', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (typed) => {
        const { text } = readFieldQuery(typed)
        completions(typed, [])
        const { done, unfinished } = splitUnfinished(typed)
        return done + unfinished === typed && text.length <= typed.length
      }),
    )
  })
})
