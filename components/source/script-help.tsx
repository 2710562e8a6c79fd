'use client'
import { useEffect, useState } from 'react'
import { CodeBlock } from '@/components/ui/code-block'
import { Tabs } from '@/components/ui/tabs'

interface Format {
  readonly id: string
  readonly title: string
  readonly endings: readonly string[]
}

/** How to bring logs in without a browser. */
export function ScriptHelp() {
  const [way, setWay] = useState<'cli' | 'curl'>('cli')
  // The address this page was reached at is the one a script on that machine can use.
  const [origin, setOrigin] = useState('http://localhost:3000')
  useEffect(() => setOrigin(window.location.origin), [])
  const curl = [
    `curl -sS -c jar -H 'Origin: ${origin}' -H 'Content-Type: application/json' \\`,
    `  -d '{"email":"you@example.org","password":"…"}' ${origin}/api/auth/sign-in/email`,
    `curl -sS -b jar -H 'Origin: ${origin}' --data-binary @dns.log '${origin}/api/v1/events?name=dns.log'`,
  ].join('\n')
  return (
    <section aria-labelledby="script-help">
      <h2 id="script-help" className="m-0 mb-2 font-semibold text-lg">
        From a script
      </h2>
      <Tabs
        label="Ways in"
        value={way}
        onValueChange={setWay}
        tabs={[
          {
            value: 'cli',
            label: 'On this machine',
            panel: (
              <div className="flex flex-col gap-2">
                <CodeBlock
                  label="Copy the command"
                  code={'bin/dowser import dns.log captures/*.pcap.gz\ntcpdump -w - port 53 | bin/dowser import -'}
                />
                <p className="m-0 text-muted text-sm">
                  Shows progress, resumes, and may be repeated: what is already stored is counted as known.
                </p>
              </div>
            ),
          },
          {
            value: 'curl',
            label: 'Over HTTP',
            panel: (
              <div className="flex flex-col gap-2">
                <CodeBlock label="Copy the commands" code={curl} />
                <p className="m-0 text-muted text-sm">
                  The body is the log itself, gzipped or not. The answer is the same account as above, once it has been analysed.
                </p>
              </div>
            ),
          },
        ]}
      />
    </section>
  )
}

/** What is recognised, so that nobody has to guess. */
export function FormatList({ formats }: { readonly formats: readonly Format[] }) {
  return (
    <section aria-labelledby="formats">
      <h2 id="formats" className="m-0 mb-2 font-semibold text-lg">
        Formats that are recognised
      </h2>
      <ul className="m-0 grid list-none grid-cols-1 gap-x-8 p-0 text-base sm:grid-cols-2">
        {formats.map((format) => (
          <li key={format.id} className="flex min-w-0 flex-wrap items-baseline justify-between gap-x-4 border-line border-b py-1.5">
            <span>{format.title}</span>
            <code className="text-faint text-xs">{format.endings.join(' ')}</code>
          </li>
        ))}
      </ul>
    </section>
  )
}
