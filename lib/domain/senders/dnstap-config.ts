import { listenerOf, quoted, type SenderConfig, type Setup } from './setup'

const CLIENT_ONLY = 'Only what clients asked is of use; queries of the resolver to other servers would be left out anyway.'
const CANNOT_AUTHENTICATE = 'dnstap over TCP is neither encrypted nor authenticated: keep it on one machine or on a network of your own.'
const SOCKET_OWNER =
  'The server’s user has to be in the group of Dowser’s user (the socket has mode 660) and to be able to enter its folder.'

const isSocket = (setup: Setup): setup is Setup & { readonly path: string } => setup.path !== null

export function unbound(setup: Setup): SenderConfig {
  const { host, port } = listenerOf(setup)
  const place = isSocket(setup)
    ? [`    dnstap-socket-path: ${quoted(setup.path)}`]
    : [`    dnstap-ip: ${quoted(`${host}@${port}`)}`, '    dnstap-tls: no']
  const code = [
    'dnstap:',
    '    dnstap-enable: yes',
    ...place,
    '    dnstap-send-identity: yes',
    '    dnstap-log-client-query-messages: yes',
    '    dnstap-log-client-response-messages: yes',
    '',
  ].join('\n')
  return {
    parts: [{ title: 'unbound.conf', code }],
    notes: [
      'Needs Unbound built with --enable-dnstap (unbound -V tells; Debian’s is).',
      isSocket(setup) ? `${SOCKET_OWNER} Where Unbound has a chroot, the path is inside it.` : CANNOT_AUTHENTICATE,
      'Unbound’s text log writes a question mark for every odd byte of a name; dnstap keeps the bytes, which is what a tunnel is decoded from.',
    ],
  }
}

export function bind(setup: Setup): SenderConfig {
  const code = [
    'options {',
    '    dnstap { client; };',
    `    dnstap-output unix ${quoted(setup.path ?? '')};`,
    '    dnstap-identity hostname;',
    '};',
    '',
  ].join('\n')
  return {
    parts: [{ title: 'named.conf', code }],
    notes: [
      'Needs BIND built with --enable-dnstap (named -V tells).',
      SOCKET_OWNER,
      'BIND writes dnstap to a socket on its own machine alone, not over TCP.',
    ],
  }
}

export function knot(setup: Setup): SenderConfig {
  const code = [
    'mod-dnstap:',
    '  - id: dowser',
    `    sink: ${quoted(`unix:${setup.path ?? ''}`)}`,
    '    log-queries: on',
    '    log-responses: on',
    'template:',
    '  - id: default',
    '    global-module: mod-dnstap/dowser',
    '',
  ].join('\n')
  const resolver = [
    'modules = {',
    '  dnstap = {',
    `    socket_path = ${quoted(setup.path ?? '')},`,
    '    client = { log_queries = true, log_responses = true },',
    '  }',
    '}',
    '',
  ].join('\n')
  return {
    parts: [
      { title: 'Knot Resolver 5: kresd.conf', code: resolver },
      { title: 'Knot DNS: knot.conf', code },
    ],
    notes: [SOCKET_OWNER, 'An authoritative server sees resolvers instead of clients: of the two, Knot Resolver is the one to watch.'],
  }
}

export function coredns(setup: Setup): SenderConfig {
  const target = isSocket(setup) ? `unix://${setup.path}` : `tcp://${listenerOf(setup).hostPort}`
  return {
    parts: [{ title: 'Corefile, inside the server block', code: `dnstap ${target} full\n` }],
    notes: [
      'Without the word full no DNS message is sent, and Dowser sees no names.',
      isSocket(setup) ? SOCKET_OWNER : CANNOT_AUTHENTICATE,
      CLIENT_ONLY,
    ],
  }
}

export function dnsdist(setup: Setup): SenderConfig {
  const logger = isSocket(setup)
    ? `newFrameStreamUnixLogger(${quoted(setup.path)})`
    : `newFrameStreamTcpLogger(${quoted(listenerOf(setup).hostPort)})`
  const code = [
    `dowser = ${logger}`,
    'addAction(AllRule(), DnstapLogAction("dnsdist", dowser))',
    'addResponseAction(AllRule(), DnstapLogResponseAction("dnsdist", dowser))',
    'addCacheHitResponseAction(AllRule(), DnstapLogResponseAction("dnsdist", dowser))',
    '',
  ].join('\n')
  return {
    parts: [{ title: 'dnsdist.conf', code }],
    notes: ['Needs dnsdist built with libfstrm.', isSocket(setup) ? SOCKET_OWNER : CANNOT_AUTHENTICATE],
  }
}
